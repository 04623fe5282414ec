"""Mails are tried and none leaves: the mail server is away, and no single address is to blame."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registrations.mail import health
from registrations.models import Message
from tests.factories import MessageFactory
from tests.support.registrations.mail_run import deliver

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
PUT_OFF = "451 4.7.1 Try again later"


def queued(*, minutes_ago, domain="example.org"):
    return MessageFactory(queued_at=timezone.now() - minutes_ago * MINUTE, recipient=f"amina{minutes_ago}@{domain}")


def stuck_minutes(after=timedelta(0)) -> int:
    return health.stuck_age(timezone.now() + after) // MINUTE


@pytest.fixture
def mail_server_is_away(smtp_server):
    smtp_server.stop()
    yield smtp_server
    smtp_server.start_again()


def test_nothing_is_stuck_before_it_was_tried(db):
    queued(minutes_ago=20)

    assert stuck_minutes() == 0


def test_one_mail_that_finds_no_connection_is_enough(mail_server_is_away):
    [mail] = deliver(queued(minutes_ago=6))

    report = health.report(timezone.now())
    assert report.oldest_due_age == timedelta(0)
    assert report.is_late
    assert report.problems[0].startswith("no mail has left for 36")
    assert mail.status == Message.Status.QUEUED


def test_mail_that_is_tried_again_at_this_moment_is_stuck_as_before(mail_server_is_away):
    deliver(queued(minutes_ago=6))
    again = {"status": Message.Status.SENDING, "attempts": 2, "leased_until": timezone.now() + MINUTE}
    Message.objects.update(**again)

    assert stuck_minutes() == 6


def test_mail_that_is_tried_for_the_first_time_is_not_stuck(db):
    mail = queued(minutes_ago=6)
    first = {"status": Message.Status.SENDING, "attempts": 1, "leased_until": timezone.now() + MINUTE}
    Message.objects.filter(pk=mail.pk).update(**first)

    assert stuck_minutes() == 0


def test_mail_server_that_puts_off_two_domains_is_not_away(smtp_server):
    smtp_server.answer_recipient = lambda _: PUT_OFF

    deliver(*(queued(minutes_ago=number, domain=f"away{number % 2}.example") for number in range(6, 20)))

    assert stuck_minutes() == 0


def test_mail_server_that_puts_off_three_domains_takes_nothing(smtp_server):
    smtp_server.answer_recipient = lambda _: PUT_OFF

    deliver(*(queued(minutes_ago=number, domain=f"away{number}.example") for number in (6, 7, 8)))

    assert stuck_minutes() == 8


def test_time_counts_from_the_last_mail_that_left(smtp_server):
    deliver(queued(minutes_ago=7))
    smtp_server.stop()
    deliver(queued(minutes_ago=9))

    assert stuck_minutes() == 0
    assert stuck_minutes(after=4 * MINUTE) == 4
    smtp_server.start_again()


def test_nothing_is_stuck_any_more_when_all_have_left(mail_server_is_away):
    mail = queued(minutes_ago=6)
    deliver(mail)
    mail_server_is_away.start_again()
    Message.objects.update(due_at=timezone.now())

    [sent] = deliver(mail)

    assert sent.is_sent
    assert stuck_minutes() == 0
    mail_server_is_away.stop()
