"""Somebody whose address was wrong, and a short way to correct it."""

from datetime import timedelta

from registrations.corrections import address
from tests.factories import OccurrenceFactory
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import NOW, register

OLD, RIGHT = "amina@exmaple.org", "Amina@right.example"
LATER = NOW + timedelta(hours=1)


def slots(number=2):
    first = OccurrenceFactory()
    return [first, *(OccurrenceFactory(session__season=first.session.season) for _ in range(number - 1))]


def correct(person, email=RIGHT, shown=OLD, now=LATER):
    return address.correct(participant_id=person.pk, shown=shown, email=email, by=None, now=now)


def sent_to(mailbox):
    return [mail for mail in send_waiting_mails() if mail.recipient.lower() == mailbox.lower()]


def an_hour_later(slot):
    return {"starts_at": slot.starts_at + timedelta(hours=1), "ends_at": slot.ends_at + timedelta(hours=1)}


def somebody_registered(*chosen):
    registrations = register(*chosen, email=OLD)
    send_waiting_mails()
    return registrations[0].participant
