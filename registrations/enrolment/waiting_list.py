"""The waiting list of a time slot: joined at its end, left at its front when a seat is free."""

from collections import defaultdict
from datetime import timedelta
from functools import partial

from django.db.models import Case, F, Q, Value, When

from registrations.mail import batches, outbox
from registrations.mail.notices.letters import calendar_message_id
from registrations.models import Registration
from registrations.seats import availability, counters
from sessions.models import Occurrence
from sessions.seasons.season_clocks import ALL


def promote(slot, *, now) -> int:
    """Give the free seats of a locked slot to those who wait for it, the longest waiting first, and post their mails.

    To nobody when the slot is called off or its last part has begun. Returns how many get one: many of them have it
    from the worker, and until then nobody else can take it (`availability.seats_for_newcomers`).
    """
    promoted = _seat(slot, batches.PEOPLE_AT_ONCE, now)
    if rest := number_to_seat(slot, now):
        outbox.tell_worker("give_seats", slot.pk)
    return promoted + rest


def number_to_seat(slot, now) -> int:
    """How many of those who wait have a free seat to come."""
    if slot.is_called_off or slot.last_starts_at <= now:
        return 0
    left = availability.seats_left(slot)
    return slot.waiting if left is None else min(left, slot.waiting)


def by_slot(registrations) -> dict[Occurrence, list[Registration]]:
    leaving = defaultdict(list)
    for registration in registrations:
        leaving[registration.occurrence].append(registration)
    return leaving


def seats_when_left(slot, seated, *, now) -> int:
    """How many seats of a slot with a limit those who wait could have, if so many people with one left."""
    if slot.capacity is None or slot.is_called_off or slot.last_starts_at <= now:
        return 0
    # A smaller capacity than people have seats leaves none for others.
    return max(0, slot.capacity - slot.taken + seated)


def seat(*, occurrence_id, now, seconds) -> bool:
    """Give free seats of the slot to those who wait for so long, a batch after the other; whether some are left."""
    return batches.work_off(partial(_locked, occurrence_id), partial(_seat_batch, now=now), seconds=seconds)


def to_seat(*, now, seasons=ALL) -> list[int]:
    """Ids of the slots of these seasons with free seats for those who wait."""
    to_begin = Q(starts_at__gt=now) | ~Q(parts=()) & Q(ends_at__gt=now)
    waiting = Occurrence.objects.filter(to_begin, waiting__gt=0, called_off_at=None)
    slots = seasons.among(waiting, "session__season").order_by("pk")
    return [slot.pk for slot in slots if number_to_seat(slot, now)]


def end_of(slot, *, now):
    """When somebody who joins the list of a locked slot waits since.

    Later than everybody in it: requests read the clock before they wait for the lock, in any order.
    """
    last = Registration.objects.waiting().filter(occurrence=slot).last()
    return max(now, last.waiting_since + timedelta(microseconds=1)) if last else now


def _locked(occurrence_id) -> Occurrence | None:
    return Occurrence.objects.locked().filter(pk=occurrence_id).first()


def _seat_batch(slot, now) -> bool:
    """For a locked slot; locks the registrations. Returns whether some are left."""
    return _seat(slot, batches.PEOPLE_A_BATCH, now) > 0 and number_to_seat(slot, now) > 0


def _seat(slot, most, now) -> int:
    waiting = Registration.objects.waiting().filter(occurrence=slot).select_related("participant")
    locked = waiting.select_for_update(of=("self",), no_key=True)
    promoted = list(locked[: min(most, number_to_seat(slot, now))])
    _give_seats(promoted, now)
    counters.change([slot] if promoted else [], taken=len(promoted), waiting=-len(promoted))
    outbox.post([_mail(registration, now) for registration in promoted])
    return len(promoted)


def _give_seats(registrations, now):
    """One statement, however many there are."""
    by_mail = [registration.pk for registration in registrations if registration.participant.wants_entries]
    Registration.objects.filter(pk__in=[registration.pk for registration in registrations]).update(
        status=Registration.Status.CONFIRMED,
        waiting_since=None,
        # The mail about the seat says the present time, too.
        unprepared_since=None,
        entry_was_mailed=Case(When(pk__in=by_mail, then=Value(True)), default=Value(False)),
        sequence=F("sequence") + 1,
        revised_at=now,
    )


def _mail(registration, now):
    """`registration` as it was before it had its seat."""
    sequence = registration.sequence + 1
    return outbox.uncomposed(
        "promoted",
        registration,
        key=f"{registration.uid}:{sequence}",
        message_id=calendar_message_id(registration, sequence),
        now=now,
        due_at=now,
        sequence=sequence,
    )
