"""The way out for somebody whose time slot is at night: another one by day."""

from dataclasses import dataclass

from registrations.seats import availability, offers
from sessions.clocks import wall_clock
from sessions.models import Occurrence
from sessions.slot_states import SlotState


@dataclass(frozen=True)
class WayOut:
    """A slot by day: one with a free seat, or a full one with a waiting list."""

    slot: Occurrence
    is_full: bool


def is_at_night(slot, zone) -> bool:
    """Of a slot in parts, whether one of them is."""
    held = slot.held_stretches
    return any(wall_clock.is_at_night(stretch.starts_at, stretch.ends_at, zone) for stretch in held)


def by_day(slots, zone) -> Occurrence | None:
    """The first of these slots that is not at night in `zone`."""
    return next((slot for slot in slots if not is_at_night(slot, zone)), None)


def way_out(registration, slots, now) -> WayOut | None:
    """Another of the session's `slots` that somebody at night can move to, or else wait for; None if there is none.

    Who waits joins the other list at once. Who has a seat cancels and comes back, as long as the session takes
    registrations: nobody gives up a seat for a list.
    """
    zone = registration.participant.timezone
    others = sorted((slot for slot in slots if slot.pk != registration.occurrence_id), key=_by_time)
    if free := by_day(offers.with_seats(others, now), zone):
        return WayOut(free, is_full=False)
    full = by_day([slot for slot in others if _has_list(slot, registration, now)], zone)
    return WayOut(full, is_full=True) if full else None


def _has_list(slot, registration, now) -> bool:
    if registration.is_waiting:
        return availability.is_full(slot) and availability.has_waiting_list(slot, now)
    return availability.state(slot, now) == SlotState.WAITING_LIST


def _by_time(slot):
    return slot.starts_at, slot.pk
