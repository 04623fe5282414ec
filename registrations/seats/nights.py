"""The way out for somebody whose time slot is at night: another one by day."""

from registrations.seats import offers
from sessions.clocks.wall_clock import on_clock
from sessions.models import Occurrence


def is_at_night(slot, zone) -> bool:
    return on_clock(slot.starts_at, slot.ends_at, zone).is_at_night


def by_day(slots, zone) -> Occurrence | None:
    """The first of these slots that is not at night in `zone`."""
    return next((slot for slot in slots if not is_at_night(slot, zone)), None)


def way_out(registration, now) -> Occurrence | None:
    """A free slot by day of the same session, to which somebody at night can move; None if there is none."""
    # Who writes to many has read the slots of the session once for all of them.
    others = [slot for slot in registration.session.occurrences.all() if slot.pk != registration.occurrence_id]
    free = sorted(offers.with_seats(others, now), key=lambda slot: (slot.starts_at, slot.pk))
    return by_day(free, registration.participant.timezone)
