"""Why mails failed, in the reasons by which staff know what to do."""

import pytest
from django.utils import timezone

from registrations.mail import failures
from registrations.mail.bounces import recording
from registrations.mail.bounces.statuses import Verdict
from registrations.mail.failures import Reason
from registrations.models import Mailbox
from tests.factories import MessageFactory

WORDS = {
    Reason.ADDRESS: [
        "SMTPRecipientsRefused: 550 5.1.1 User unknown",
        "SMTPRecipientsRefused: 550 no such user",
        "SMTPRecipientsRefused: 553 mailbox name not allowed",
        "SMTPRecipientsRefused: 550 5.4.4 Host not found",
        "550 No such user here",
        "550 5.0.0 No such user here",
    ],
    Reason.FULL: ["SMTPRecipientsRefused: 452 4.2.2 Over quota", "SMTPDataError: 552 mailbox full", "552 Over quota"],
    Reason.REFUSED: [
        "SMTPRecipientsRefused: 550 5.7.1 Blocked",
        "SMTPDataError: 554 5.6.0 Malformed",
        "SMTPDataError: 552 5.3.4 Too large",
        "SMTPDataError: 554 No",
        "SMTPDataError: 550 Spam",
        "SMTPNotSupportedError: SMTPUTF8",
    ],
    Reason.AWAY: [
        "TimeoutError: timed out",
        "SMTPServerDisconnected: Connection unexpectedly closed",
        "SMTPRecipientsRefused: 450 4.4.1 No route",
        "SMTPRecipientsRefused: 451 Try later",
        "SMTPDataError: 421 Busy",
    ],
    Reason.UNWRITTEN: ["KeyError: 'slot'", "TemplateDoesNotExist: emails/x.txt", "ValueError: 450 seats"],
    Reason.UNKNOWN: [
        "",
        "nothing that we know",
        "554 No",
        "in reply to end of DATA: 550 Spam",
        "550 5.4.1 Access denied",
    ],
}


@pytest.mark.parametrize(("reason", "words"), [(reason, each) for reason, some in WORDS.items() for each in some])
def test_reason_of_words(reason, words):
    assert failures.of_words(words) == reason


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("verdict", "status", "words", "reason"),
    [
        (Verdict.BAD, "5.1.1", "User unknown", Reason.ADDRESS),
        (Verdict.BAD, "5.2.2", "Mailbox full", Reason.FULL),
        (Verdict.BAD, "4.4.1", "No route", Reason.AWAY),
        (Verdict.REFUSED, "5.7.1", "Blocked", Reason.REFUSED),
        (Verdict.UNREAD, "", "Undeliverable: hello", Reason.UNKNOWN),
        (Verdict.UNREAD, "", "SMTPRecipientsRefused: 550 no such user", Reason.ADDRESS),
        (Verdict.UNREAD, "5.0.0", "Delivery failed", Reason.UNKNOWN),
        (Verdict.BAD, "5.0.0", "550 No such user here", Reason.ADDRESS),
    ],
)
def test_reason_of_a_mailbox(verdict, status, words, reason):
    recording.record("ana@example.net", verdict, status, words, now=timezone.now())

    assert failures.of_mailbox(Mailbox.objects.get()) == reason


@pytest.mark.django_db
def test_numbers_are_of_mails_to_see_to():
    unknown, full = WORDS[Reason.ADDRESS][0], WORDS[Reason.FULL][0]
    two = MessageFactory.create_batch(2, status="failed", last_error=unknown)
    MessageFactory(status="failed", last_error=full)
    MessageFactory(status="failed", last_error=full, settled_at=timezone.now())
    MessageFactory(status="queued", last_error=full)

    assert failures.numbers() == {Reason.ADDRESS: 2, Reason.FULL: 1}
    assert failures.with_reason(Reason.ADDRESS, 9) == [each.pk for each in sorted(two, key=lambda mail: -mail.pk)]
    assert failures.with_reason(Reason.ADDRESS, 1) == [max(mail.pk for mail in two)]


def came_back(words):
    return MessageFactory(status="sent", came_back_at=timezone.now(), last_error=words)


@pytest.mark.django_db
def test_mails_that_came_back_are_among_them():
    mail = came_back("552 5.2.2 Mailbox full")

    assert failures.numbers() == {Reason.FULL: 1}
    assert failures.with_reason(Reason.FULL, 9) == [mail.pk]


@pytest.mark.django_db
def test_what_came_back_was_written_whatever_the_words_look_like():
    came_back("Sorry: this mailbox is closed")

    assert failures.numbers() == {Reason.UNKNOWN: 1}
