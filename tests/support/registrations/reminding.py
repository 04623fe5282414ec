"""Reminders as a person gets them: what leaves, and of which sessions it tells."""

from datetime import UTC, datetime, timedelta

from registrations.mail import composing
from registrations.mail.exceptions import Outdated, Overtaken
from registrations.mailings import reminders
from registrations.models import Message
from tests.factories import OccurrenceFactory, RegistrationFactory

# Tuesday, 10:00 in Nairobi.
STARTS_AT = datetime(2030, 10, 8, 7, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def slot_after(season, **after):
    return OccurrenceFactory(session__season=season, starts_at=STARTS_AT + timedelta(**after))


def seats(person, *afters, **more):
    """The person in a session each that begins so many hours after STARTS_AT."""
    slots = [slot_after(person.season, hours=after) for after in afters]
    return [RegistrationFactory(participant=person, occurrence=slot, **more) for slot in slots]


def post(**before):
    return reminders.post_due(now=STARTS_AT - timedelta(**before))


def use_leads(slot, hours):
    slot.session.season.reminder_hours = hours
    slot.session.season.save()


def reminded():
    """Which registration is reminded how long before its start, in the order of posting."""
    mails = Message.objects.filter(kind="reminder").order_by("pk")
    return [(mail.registration, round((mail.known_starts_at - mail.due_at) / MINUTE) / 60) for mail in mails]


def leaving(now) -> list[tuple]:
    """What leaves of the reminders that wait: the lead in hours, and the registrations in the mail, in order."""
    waiting = Message.objects.filter(kind__in=["reminder", "reminders"], status="queued").order_by("pk")
    return [(mail.hours_before, _told_by(mail, now)) for mail in waiting if _leaves(mail, now)]


def _leaves(mail, now) -> bool:
    try:
        composing.prepare(mail, now=now)
    except Outdated:
        Message.objects.filter(pk=mail.pk).update(status="dropped")
        return False
    except Overtaken:
        return False
    Message.objects.filter(pk=mail.pk).update(status="sent", sent_at=now)
    return True


def _told_by(mail, now) -> list:
    """By the links to join that are in it."""
    rows = [mail, *mail.included.order_by("known_starts_at", "pk")]
    about = [row.registration for row in rows if row.registration]
    octets = bytes(mail.octets).replace(b"=\r\n", b"")
    return [registration for registration in about if registration.join_key.encode() in octets]


def run_clock(hours, *, until=0, step=60) -> list[tuple]:
    """Beat's task every so many minutes, from so many hours before STARTS_AT; what leaves, with its time."""
    left = []
    for minutes in range(hours * 60, until * 60, -step):
        now = STARTS_AT - minutes * MINUTE
        reminders.post_due(now=now)
        left += [(minutes / 60, *mail) for mail in leaving(now)]
    return left
