"""Mails when somebody erases their data: what leaves, what is dropped, and what is emptied."""

from datetime import timedelta

import pytest

from registrations.models import Message
from tests.factories import (
    MessageFactory,
    OccurrenceFactory,
    RegistrationFactory,
)
from tests.support.calendars import CalendarStore
from tests.support.registrations.erasing import erase, somebody
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import NOW, register

pytestmark = pytest.mark.django_db


def test_calendar_gets_its_cancel_first_and_the_mail_is_emptied_when_it_has_left(smtp_server):
    [registration] = register(OccurrenceFactory())
    [invited] = send_waiting_mails()
    calendar = CalendarStore()
    calendar.receive(invited)
    assert list(calendar.entries) == [registration.uid]

    erase(registration.participant)
    waiting = Message.objects.get(kind="erased")
    calendar.receive(waiting)
    assert (waiting.recipient, calendar.entries) == ("amina@example.org", {})

    send_waiting_mails()
    gone = Message.objects.get(kind="erased")
    assert smtp_server.mails[-1].rcpt_tos == ("amina@example.org",)
    assert (gone.status, gone.recipient, gone.subject, bytes(gone.octets)) == ("sent", "", "", b"")
    assert gone.emptied_at is not None


def test_mail_says_what_happened_and_leads_to_no_personal_page():
    [registration] = register(OccurrenceFactory(session__title="Emissions"))
    keys = [registration.participant.key, registration.join_key]

    erase(registration.participant)

    text = bytes(Message.objects.get(kind="erased").octets).decode()
    assert "Your data of" in text
    assert f"/sign-up/{registration.session.season.slug}/" in text
    assert [key for key in keys if f"/my/{key}" in text] == []


def test_mails_that_wait_are_dropped_and_sent_ones_emptied():
    person = somebody()
    sent = MessageFactory(participant=person, status="sent", sent_at=NOW)
    waiting = MessageFactory(participant=person, kind="reminder")
    earlier_cancel = MessageFactory(participant=person, kind="cancelled")

    erase(person)

    rows = {mail.pk: (mail.status, mail.recipient) for mail in Message.objects.all()}
    assert rows == {
        sent.pk: ("sent", ""),
        waiting.pk: ("dropped", ""),
        earlier_cancel.pk: ("queued", "amina@example.org"),
    }


def test_mail_composed_after_the_erasing_is_dropped(smtp_server):
    over = RegistrationFactory(participant=somebody())
    person = over.participant
    erase(person, now=over.occurrence.ends_at + timedelta(days=1))
    late = MessageFactory(
        participant=person, registration=over, kind="rescheduled", octets=b"", recipient="a@b.example"
    )

    send_waiting_mails()

    late.refresh_from_db()
    assert (smtp_server.mails, late.status, late.recipient) == ([], "dropped", "")
