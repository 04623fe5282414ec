"""The waiting list of a time slot: joined at its end, left at its front when a seat is free."""

from datetime import timedelta

from registrations.mail import outbox
from registrations.mail.notices.letters import calendar_message_id
from registrations.models import Registration
from registrations.seats import availability, counters

SEATED = [
    *("occurrence", "status", "waiting_since", "entry_was_mailed", "sequence", "revised_at"),
    "unprepared_since",
]


def promote(slot, *, now) -> list[Registration]:
    """Give the free seats of a locked slot to those who wait for it, the longest waiting first, and post their mails.

    To nobody when the slot is called off or has begun.
    """
    if slot.is_called_off or slot.starts_at <= now:
        return []
    left = availability.seats_left(slot)
    waiting = Registration.objects.waiting().filter(occurrence=slot).select_related("participant")
    locked = waiting.select_for_update(of=("self",), no_key=True)
    promoted = list(locked if left is None else locked[:left])
    give_seats(promoted, now=now)
    counters.change([slot] if promoted else [], taken=len(promoted), waiting=-len(promoted))
    outbox.post([_mail(registration, now) for registration in promoted])
    return promoted


def give_seats(registrations, *, now):
    """For registrations that wait, in locked slots with as many seats; their own slots may be new ones.

    The numbers of the slots are left to the caller.
    """
    for registration in registrations:
        registration.status = Registration.Status.CONFIRMED
        registration.waiting_since = None
        # The mail about the seat says the present time, too.
        registration.unprepared_since = None
        registration.entry_was_mailed = registration.participant.wants_entries
        registration.sequence += 1
        registration.revised_at = now
    Registration.objects.bulk_update(registrations, SEATED, batch_size=500)


def end_of(slot, *, now):
    """When somebody who joins the list of a locked slot waits since.

    Later than everybody in it: requests read the clock before they wait for the lock, in any order.
    """
    last = Registration.objects.waiting().filter(occurrence=slot).last()
    return max(now, last.waiting_since + timedelta(microseconds=1)) if last else now


def _mail(registration, now):
    return outbox.uncomposed(
        "promoted",
        registration,
        key=f"{registration.uid}:{registration.sequence}",
        message_id=calendar_message_id(registration, registration.sequence),
        now=now,
        due_at=now,
        sequence=registration.sequence,
    )
