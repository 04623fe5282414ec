"""Limits while many forms arrive at the same moment."""

import pytest

from registrations.limits import rates
from registrations.limits.sign_ups import MailboxHasEnough, one_sign_up
from tests.support.races import race

pytestmark = pytest.mark.django_db(transaction=True)


MAILBOX = "amina@example.org"


class NoSeat(Exception):
    pass


def send(form, times=1, fails=False):
    try:
        with one_sign_up(form=form, mailboxes={MAILBOX: times}, client="203.0.113.1"):
            if fails:
                raise NoSeat
    except MailboxHasEnough:
        return "too many"
    except NoSeat:
        return "no seat"
    return "sent"


def test_exactly_four_of_twelve_at_once_reach_a_mailbox():
    answers = race(12, lambda number: send(f"form-{number}"))

    assert sorted(answers) == ["sent"] * 4 + ["too many"] * 8


def test_one_form_eight_times_at_once_counts_once_and_has_one_answer():
    answers = race(8, lambda _number: send("form"))

    assert answers == ["sent"] * 8
    assert left() == 3


def test_large_form_three_times_at_once_has_one_answer():
    answers = race(3, lambda _number: send("form", times=2))

    assert answers == ["sent"] * 3
    assert left() == 2


def test_last_time_is_for_the_form_that_has_it_however_often_it_comes():
    for number in range(3):
        send(f"form-{number}")

    answers = race(6, lambda _number: send("last"))

    assert answers == ["sent"] * 6
    assert send("one more") == "too many"


def test_what_fails_at_once_counts_for_nothing_afterwards():
    answers = race(8, lambda number: send(f"form-{number}", fails=True))

    assert set(answers) <= {"no seat", "too many"}
    assert left() == 4


def test_form_that_failed_counts_when_it_is_sent_again():
    send("form", fails=True)
    send("form")

    assert left() == 3


def left() -> int:
    return sum(rates.free_at(rates.MAILS_TO_A_MAILBOX, MAILBOX, times) is None for times in range(1, 5))
