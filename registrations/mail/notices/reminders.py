"""The mails that say how soon sessions are."""

from registrations.mail.notices import seats
from registrations.mail.notices.letters import Letter, message
from registrations.models import Message


def reminder(registration, *, message_id, now) -> Message:
    """What is true at `now`; without a calendar part."""
    is_short = registration.occurrence.starts_at - now < seats.SHORT_BELOW
    letter = Letter(
        kind="reminder",
        key=message_id,
        participant=registration.participant,
        season=registration.session.season,
        now=now,
        message_id=message_id,
        context={
            "seat": seats.seat(registration, now),
            "other_slots": [] if is_short else seats.other_slots(registration, now),
        },
        registration=registration,
    )
    return message(letter)


def reminders(registrations, *, message_id, now) -> Message:
    """The same about several registrations of one person, in order of time."""
    first = registrations[0]
    letter = Letter(
        kind="reminders",
        key=message_id,
        participant=first.participant,
        season=first.session.season,
        now=now,
        message_id=message_id,
        context={"seats": [seats.seat(registration, now) for registration in seats.in_order(registrations)]},
    )
    return message(letter)
