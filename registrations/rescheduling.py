"""What staff do to a time slot that people have in their calendars."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from registrations import availability, notices, outbox
from registrations.models import Registration
from sessions.clocks import on_clock
from sessions.models import Occurrence


class CapacityBelowConfirmed(Exception):
    """More people are confirmed than the new capacity has seats; `confirmed` says how many."""

    def __init__(self, confirmed):
        self.confirmed = confirmed
        super().__init__(confirmed)


class CalledOff(Exception):
    """The slot is called off: its calendar entries are gone, and a new time would bring them back."""


@dataclass(frozen=True)
class Reach:
    """How many people a change of time concerns, and for how many the new hour is night (22:00 to 06:00)."""

    people: int
    at_night: int


def reach(*, occurrence, starts_at, ends_at) -> Reach:
    zones = list(_confirmed(occurrence).values_list("participant__timezone", flat=True))
    night = {zone: on_clock(starts_at, ends_at, zone).is_at_night for zone in set(zones)}
    return Reach(people=len(zones), at_night=sum(night[zone] for zone in zones))


@transaction.atomic
def reschedule(*, occurrence_id, starts_at, ends_at, now) -> int:
    """Move a slot and tell each confirmed person once; returns how many were told.

    Locks the slot. Unchanged times change nothing and tell nobody. The higher SEQUENCE, raised for all in one
    statement, makes the last of two changes win whatever the order of arrival (RFC 5546 2.1.5). Raises CalledOff.
    """
    slot = _locked(occurrence_id)
    if slot.is_called_off:
        raise CalledOff
    if (slot.starts_at, slot.ends_at) == (starts_at, ends_at):
        return 0
    previous = Occurrence(starts_at=slot.starts_at, ends_at=slot.ends_at)
    slot.starts_at, slot.ends_at = starts_at, ends_at
    registrations = _revise(slot, now, "starts_at", "ends_at")
    return _tell(registrations, lambda r: notices.rescheduled(r, previous=previous, now=now))


@transaction.atomic
def call_off(*, occurrence_id, now) -> int:
    """Call a slot off, take it out of the calendars, and return how many people were told; registrations are kept."""
    slot = _locked(occurrence_id)
    if slot.is_called_off:
        return 0
    slot.called_off_at = now
    registrations = _revise(slot, now, "called_off_at")
    return _tell(registrations, lambda r: notices.called_off(r, now=now))


@transaction.atomic
def change_capacity(*, occurrence_id, capacity):
    """Locks the slot. Raises CapacityBelowConfirmed."""
    slot = _locked(occurrence_id)
    taken = availability.seats_taken(slot)
    if capacity is not None and capacity < taken:
        raise CapacityBelowConfirmed(taken)
    slot.capacity = capacity
    slot.save(update_fields=["capacity"])


def _locked(occurrence_id):
    slots = Occurrence.objects.select_for_update(of=("self",)).select_related("session__season", "session__stream")
    return slots.get(pk=occurrence_id)


def _confirmed(slot):
    return Registration.objects.confirmed().filter(occurrence=slot)


def _revise(slot, now, *fields):
    """Store the slot's new state under a higher SEQUENCE, for the public entry and for each confirmed person's."""
    slot.sequence += 1
    slot.changed_at = now
    slot.save(update_fields=[*fields, "sequence", "changed_at"])
    _confirmed(slot).update(sequence=F("sequence") + 1, revised_at=now)
    registrations = _confirmed(slot).select_related("participant__season").order_by("pk")
    for registration in registrations:
        registration.occurrence, registration.session = slot, slot.session
    return list(registrations)


def _tell(registrations, notice) -> int:
    outbox.post([notice(registration) for registration in registrations])
    return len(registrations)
