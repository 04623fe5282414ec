"""What came back has told nobody; who is woken for it, and who is not."""

from datetime import timedelta

import pytest

from registrations.mail import health
from registrations.mail.bounces import recording
from registrations.mail.bounces.statuses import Verdict
from registrations.models import Message
from tests.factories import (
    OccurrenceFactory,
    RegistrationFactory,
)
from tests.support.registrations.signing_up import NOW, register
from tests.support.registrations.told import LATER, SENT, mail_about, people_without_mail, send_everything
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db


def came_back(registration, **more):
    return mail_about(registration, status=SENT, sent_at=NOW, came_back_at=NOW, **more)


def test_person_whose_only_mail_came_back_lacks_it_also_at_a_mailbox_that_may_be_well_again():
    [registration] = register(OccurrenceFactory())
    send_everything()
    Message.objects.update(came_back_at=NOW)
    recording.record("ana@example.net", Verdict.SOFT, "5.2.2", "552 5.2.2 Mailbox full", now=NOW)

    assert people_without_mail() == [registration]

    mail_about(registration, kind="confirmation", status=SENT)
    assert people_without_mail() == []


@pytest.mark.parametrize("kind", ["summary", "delegation"])
def test_list_that_came_back_has_told_nobody(kind):
    [registration] = register(OccurrenceFactory())
    send_everything()
    Message.objects.update(kind=kind, participant=registration.participant, registration=None)
    assert people_without_mail() == []

    Message.objects.update(came_back_at=NOW)

    assert people_without_mail() == [registration]


@pytest.mark.parametrize("kind", first_always(["reminder", "rescheduled", "called_off", "waiting_changed"]))
def test_mail_that_came_back_is_lacking_until_a_later_one_stays_there(kind):
    [registration] = register(OccurrenceFactory())
    send_everything()
    came_back(registration, kind=kind)
    came_back(registration, kind="reminder")
    assert people_without_mail() == [registration]

    mail_about(registration, kind="called_off", status=SENT)

    assert people_without_mail() == []


def test_mail_that_failed_is_lacking_while_the_later_one_came_back():
    [registration] = register(OccurrenceFactory())
    send_everything()
    mail_about(registration, kind="rescheduled", status="failed")
    came_back(registration, kind="rescheduled")

    assert people_without_mail() == [registration]


def test_person_on_call_is_not_woken_for_a_mailbox():
    [registration] = register(OccurrenceFactory())
    send_everything()
    Message.objects.update(came_back_at=NOW)

    report = health.report(LATER)
    assert (report.lacking, report.at_mailboxes, report.lost, report.problems) == (1, 1, 0, [])

    lost = RegistrationFactory(revised_at=NOW)
    assert health.report(LATER).problems == ["registrations that lack a mail: 1"]
    assert set(people_without_mail()) == {registration, lost}


@pytest.mark.parametrize(
    ("words", "problems"),
    [
        ("550 5.1.1 User unknown", []),
        ("552 5.2.2 Mailbox full", []),
        # Our own mail server may say it of whatever we send.
        ("550 Relay not permitted", ["registrations that lack a mail: 1"]),
        ("550 5.7.1 Blocked", ["registrations that lack a mail: 1"]),
    ],
)
def test_person_on_call_is_woken_for_what_may_not_be_the_mailbox(words, problems):
    register(OccurrenceFactory())
    words = f"SMTPRecipientsRefused: {words}"
    Message.objects.update(status="failed", last_error=words)
    recording.refused(Message.objects.get(), words, now=NOW)

    report = health.report(LATER)

    assert (report.lacking, report.problems) == (1, problems)


def test_list_that_came_back_wakes_nobody_either():
    [registration] = register(OccurrenceFactory())
    send_everything()
    Message.objects.update(kind="summary", participant=registration.participant, registration=None, came_back_at=NOW)

    assert health.report(LATER).problems == []


def test_mailbox_that_is_well_again_wakes_nobody_for_what_came_back_before():
    [registration] = register(OccurrenceFactory())
    send_everything()
    Message.objects.update(came_back_at=NOW)
    mail_about(registration, kind="reminder", status=SENT)

    report = health.report(LATER)

    assert (report.lacking, report.problems) == (1, [])


def test_several_domains_that_refuse_our_mail_wake_somebody_for_a_day():
    def refuse(domain, **more):
        recording.record(f"ana@{domain}", Verdict.REFUSED, "5.7.1", "550 5.7.1 Blocked", **{"now": NOW} | more)

    for domain in ("a.example", "a.example", "b.example"):
        refuse(domain)
    refuse("c.example", now=NOW - timedelta(days=2))
    assert health.report(LATER).problems == []

    refuse("c.example")

    assert health.report(LATER).problems == ["mail servers of several domains refuse our mail: 3"]
    assert health.report(LATER + timedelta(days=1)).problems == []
