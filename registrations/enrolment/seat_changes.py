"""From one time slot of a session to another, both locked: the seat, the numbers of the slots, the entry, the mails."""

from registrations.enrolment import waiting_list
from registrations.mail import notices
from registrations.models import Registration
from registrations.seats import counters


def take_seat(registration, target, now, *, has_entry=None):
    """From a seat to one in another slot, both locked, without asking whether one is free; without a mail.

    `has_entry` says whether its mails carry the entry; without it they do if they did, or if the person wants it.
    """
    counters.leave(registration)
    # Who chose entries, or said yes, while the slot was called off gets the first one from here.
    usual = registration.entry_was_mailed or registration.participant.wants_entries
    revise(registration, now, occurrence=target, entry_was_mailed=usual if has_entry is None else has_entry)
    counters.change([target], taken=1)


def return_to_list(registration, slot, now, *, since):
    """From a seat to the waiting list of another slot, both locked, to the place that they had; without a mail."""
    counters.leave(registration)
    listed = {"status": Registration.Status.WAITLISTED, "waiting_since": since}
    revise(registration, now, occurrence=slot, entry_was_mailed=False, **listed)
    counters.change([slot], waiting=1)


def leave_list_for(registration, target, now, *, waits):
    """From the waiting list to a seat in another slot, or to its list, both locked; returns the mails."""
    counters.leave(registration)
    if waits:
        counters.change([target], waiting=1)
        revise(registration, now, occurrence=target, waiting_since=waiting_list.end_of(target, now=now))
        return [notices.waitlisted(registration, now=now)]
    counters.change([target], taken=1)
    seated = {"status": Registration.Status.CONFIRMED, "waiting_since": None}
    has_entry = registration.participant.wants_entries
    revise(registration, now, occurrence=target, entry_was_mailed=has_entry, **seated)
    return notices.confirmation(registration.participant, [registration], now=now)


def revise(registration, now, **changes):
    # The mail that the caller posts says all that one of a change of the slot would have said.
    changes["unprepared_since"] = None
    # RFC 5545 3.8.7.4: without a higher SEQUENCE, calendars may keep the old state.
    for field, value in changes.items():
        setattr(registration, field, value)
    registration.sequence += 1
    registration.revised_at = now
    registration.save(update_fields=[*changes, "sequence", "revised_at"])
