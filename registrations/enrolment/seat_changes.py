"""From one time slot of a session to another, both locked: the seat, the numbers of the slots, the entry, the mails."""

from registrations.enrolment import waiting_list
from registrations.mail import notices
from registrations.models import Registration
from registrations.seats import counters


def change_seat(registration, target, now, *, tell):
    """From a seat to one in another slot, both locked, without asking whether one is free; `tell` makes the mail."""
    previous = registration.occurrence
    counters.leave(registration)
    # Who chose entries, or said yes, while the slot was called off gets the first one from here.
    has_entry = registration.entry_was_mailed or registration.participant.wants_entries
    revise(registration, now, occurrence=target, entry_was_mailed=has_entry)
    counters.change([target], taken=1)
    return tell(registration, previous=previous, now=now)


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
