"""A calendar declines one part of a time slot: its person is asked, and keeps the place in all parts."""

from datetime import timedelta

import pytest

from registrations.calendar_replies import responding
from registrations.calendar_replies.parsing import Decline
from registrations.rescheduling import changes
from sessions.models.parts import alone
from tests.support.registrations.declining import NOW, SLOT, invited, questions, text_of
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.story_of_parts import DAY, slot_in_parts

pytestmark = pytest.mark.django_db


@pytest.fixture
def registration():
    registration = invited(occurrence=slot_in_parts(SLOT["starts_at"], SLOT["starts_at"] + DAY))
    send_waiting_mails()
    return registration


def decline(registration, number, sequence=0):
    local, _at, domain = registration.uid.partition("@")
    uid = registration.uid if number == 1 else f"{local}-{number}@{domain}"
    return responding.answer(Decline(uid, sequence), now=NOW)


def test_who_declines_a_part_is_asked_and_stays_in_all(registration):
    assert decline(registration, 2)

    [question] = questions()
    registration.refresh_from_db()
    assert "declined part 2 of 2" in text_of(question)
    assert registration.is_confirmed


def test_both_parts_declined_are_one_question(registration):
    assert [decline(registration, number) for number in (1, 2)] == [True, False]


def test_no_question_about_a_part_that_is_none(registration):
    assert not decline(registration, 3)


def test_answer_to_a_part_that_has_moved_since_is_none_and_to_the_other_is_one(registration):
    first, second = alone(registration.occurrence)
    later = type(second)(2, second.starts_at + timedelta(hours=2), second.ends_at + timedelta(hours=2))
    changes.arrange(occurrence_id=registration.occurrence_id, parts=[first, later], now=NOW)
    send_waiting_mails()

    assert not decline(registration, 2)
    assert decline(registration, 1)
