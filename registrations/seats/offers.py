"""Which sessions of a season, and which of their time slots, somebody may choose at a moment."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Prefetch

from registrations.seats import availability
from sessions.clocks.wall_clock import nearest_slot
from sessions.models import Occurrence, Session
from sessions.slot_states import SlotState


def _nothing():
    pass


@dataclass(frozen=True)
class Offer:
    """A session with all its time slots in order, as they are at `now`.

    `read_seats` brings their present numbers, where they were not loaded with them: a form that is sent with the slots
    chosen needs none, because they are counted again when these are locked.
    """

    session: Session
    slots: tuple[Occurrence, ...]
    now: datetime
    read_seats: Callable[[], None] = _nothing

    @cached_property
    def coming(self) -> list[Occurrence]:
        """Slots that take registrations, the full ones among them."""
        taking = (SlotState.OPEN, SlotState.WAITING_LIST, SlotState.FULL)
        return [slot for slot in self.slots if self.state(slot) in taking]

    @cached_property
    def free(self) -> list[Occurrence]:
        return [slot for slot in self.coming if self.state(slot) == SlotState.OPEN]

    @cached_property
    def with_list(self) -> list[Occurrence]:
        """Full slots whose waiting list is open."""
        return [slot for slot in self.coming if self.state(slot) == SlotState.WAITING_LIST]

    def nearest(self, zone) -> Occurrence | None:
        """The slot to propose to somebody in `zone`; one that can be had, if there is any."""
        return nearest_slot(self.free or self.with_list or self.coming or self.slots, zone)

    def state(self, slot) -> SlotState:
        return self._states[slot.pk]

    @cached_property
    def _states(self) -> dict[int, SlotState]:
        self.read_seats()
        return {slot.pk: availability.state(slot, self.now) for slot in self.slots}


@dataclass(frozen=True)
class PresentSlots:
    """The time slots of a PublicProgramme; their present seats are read once, for all that asks for them."""

    programme: object
    now: datetime

    @cached_property
    def offers(self) -> list[Offer]:
        return _offers(self.programme, self._slots, self.now, lambda: self._with_seats)

    def sessions(self, pks) -> dict[int, Session]:
        """Those of these sessions that are in the programme, as if loaded with `slots`."""
        found = {session.pk: copy(session) for session in self.programme.sessions if session.pk in pks}
        for session in found.values():
            session.slots = self._with_seats[session.pk]
        return found

    @cached_property
    def _slots(self) -> dict[int, list[Occurrence]]:
        return _own_slots(self.programme)

    @cached_property
    def _with_seats(self) -> dict[int, list[Occurrence]]:
        availability.read_again([slot for of_session in self._slots.values() for slot in of_session], self.now)
        return self._slots


def seen_in(programme, now) -> list[Offer]:
    """The published sessions open to all, whether they can be chosen or not, in the order of their first slot.

    With the seats of a PublicProgramme, which may be a second old.
    """
    return _offers(programme, programme.slots, now)


def in_programme(programme, now) -> list[Offer]:
    """As `seen_in`, with the seats of the moment when the first of them is asked for."""
    return PresentSlots(programme, now).offers


def _offers(programme, slots, now, *read) -> list[Offer]:
    sessions = [session for session in programme.sessions if not session.is_by_invitation]
    offers = [Offer(session, tuple(slots[session.pk]), now, *read) for session in sessions if slots.get(session.pk)]
    return sorted(offers, key=lambda offer: offer.slots[0].starts_at)


def slots(lookup="occurrences") -> Prefetch:
    """Prefetches the time slots of sessions, in order, as `session.slots`."""
    return Prefetch(lookup, Occurrence.objects.in_order(), to_attr="slots")


def is_open(season, now) -> bool:
    """Whether anybody can sign up for a session of it, if only for a waiting list."""
    sessions = Session.objects.published().open_to_all().filter(season=season).select_related("season")
    return any(Offer(session, tuple(session.slots), now).coming for session in sessions.prefetch_related(slots()))


def next_opening(offers, now) -> datetime | None:
    """When the next of these sessions starts to take registrations, as far as that is known."""
    moments = [offer.session.registration_opens_at for offer in offers]
    return min((moment for moment in moments if moment and moment > now), default=None)


def is_to_come(slot, now) -> bool:
    return not slot.is_called_off and not slot.is_over(now)


def with_seats(slots, now) -> list[Occurrence]:
    """Of these slots those to come that have a free seat, whether sign-up is open or not."""
    return [slot for slot in slots if is_to_come(slot, now) and not availability.is_full(slot)]


def slots_to_change_to(registration, now) -> list[Occurrence]:
    """The other slots of its session with a seat for this registration; sign-up may be closed already.

    For a registration whose session was loaded with `slots`.
    """
    if registration.is_cancelled or (registration.is_confirmed and registration.occurrence.is_over(now)):
        return []
    return with_seats(_others(registration), now)


def slots_to_wait_for(registration, now) -> list[Occurrence]:
    """The full slots whose list this registration may join; for a session loaded with `slots`.

    Nobody gives up a seat for a list; who cancelled comes back to the session as long as it takes registrations.
    """
    if registration.is_barred:
        return []
    if registration.is_cancelled:
        return Offer(registration.session, tuple(registration.session.slots), now).with_list
    others = _others(registration) if registration.is_waiting else []
    return [slot for slot in others if availability.is_full(slot) and availability.has_waiting_list(slot, now)]


def slots_to_come_back_to(registration, now) -> list[Occurrence]:
    """The slots at which somebody who cancelled may register again; for a session loaded with `slots`."""
    if registration.is_barred:
        return []
    session = registration.session
    return Offer(session, tuple(session.slots), now).free if registration.is_cancelled else []


def slots_for_invited(session, now) -> list[Occurrence]:
    """The slots that an invited person may choose, the full ones among them; for a session loaded with `slots`."""
    return [slot for slot in session.slots if availability.takes_invited(slot, now)]


def _own_slots(programme) -> dict[int, list[Occurrence]]:
    slots = programme.slots
    return {session.pk: [_own(slot) for slot in slots.get(session.pk, [])] for session in programme.sessions}


def _own(slot) -> Occurrence:
    """One to write the present numbers in, where they decide; the programme's own is shared by all requests."""
    if slot.capacity is None:
        return slot
    # As `copy`, which asks Django for what it would pickle: each page does this for all slots.
    own = Occurrence.__new__(Occurrence)
    own.__dict__.update(slot.__dict__)
    return own


def _others(registration) -> list[Occurrence]:
    return [slot for slot in registration.session.slots if slot.pk != registration.occurrence_id]
