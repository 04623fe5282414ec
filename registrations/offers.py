"""Which sessions of a season, and which of their time slots, somebody may choose at a moment."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Prefetch

from registrations import availability
from registrations.availability import SlotState
from sessions.clocks import nearest_slot
from sessions.models import Occurrence, Session


@dataclass(frozen=True)
class Offer:
    """A session with all its time slots in order, as they stand at `now`."""

    session: Session
    slots: tuple[Occurrence, ...]
    now: datetime

    @cached_property
    def coming(self) -> list[Occurrence]:
        """Slots that take registrations, the full ones among them."""
        return [slot for slot in self.slots if self._state(slot) in (SlotState.OPEN, SlotState.FULL)]

    @cached_property
    def free(self) -> list[Occurrence]:
        return [slot for slot in self.coming if self._state(slot) == SlotState.OPEN]

    def nearest(self, zone) -> Occurrence | None:
        """The slot to propose to somebody in `zone`; one that can be had, if there is any."""
        return nearest_slot(self.free or self.coming or self.slots, zone)

    def _state(self, slot) -> SlotState:
        return availability.state(slot, self.now)


def in_season(season, now) -> list[Offer]:
    """The published sessions open to all, whether they can be chosen or not, in the order of their first slot."""
    sessions = season.sessions.published().open_to_all().select_related("season", "stream").order_by("pk")
    offers = [Offer(session, tuple(session.occurrences.all()), now) for session in sessions.prefetch_related(slots())]
    return sorted((offer for offer in offers if offer.slots), key=lambda offer: offer.slots[0].starts_at)


def slots(lookup="occurrences") -> Prefetch:
    """Prefetches the time slots of sessions, in order and with their seats taken."""
    return Prefetch(lookup, availability.with_seats_taken(Occurrence.objects.in_order()))


def next_opening(offers, now) -> datetime | None:
    """When the next of these sessions starts to take registrations, as far as that is known."""
    moments = [offer.session.registration_opens_at for offer in offers]
    return min((moment for moment in moments if moment and moment > now), default=None)


def slots_to_change_to(registration, now) -> list[Occurrence]:
    """The other slots of its session that a confirmed registration may move to; sign-up may be closed already.

    For a registration whose session was loaded with `slots`.
    """
    if not registration.is_confirmed or registration.occurrence.is_over(now):
        return []
    others = [slot for slot in registration.session.occurrences.all() if slot.pk != registration.occurrence_id]
    return [slot for slot in others if _is_to_come(slot, now) and not availability.is_full(slot)]


def slots_to_come_back_to(registration, now) -> list[Occurrence]:
    """The slots at which somebody who cancelled may register again; for a session loaded with `slots`."""
    session = registration.session
    return Offer(session, tuple(session.occurrences.all()), now).free if registration.is_cancelled else []


def _is_to_come(slot, now) -> bool:
    return not slot.is_called_off and not slot.is_over(now)
