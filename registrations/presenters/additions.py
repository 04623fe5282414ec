"""Ready values for the sessions that somebody may add on their own page: each with its time slots."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from registrations.models import Participant
from registrations.presenters.slot_choices import SlotChoice, slot_options
from registrations.presenters.ways_out import WayOut, way_out
from registrations.seats.offers import Offer, is_to_come
from sessions.presenters.slots import SlotCard, SlotTime


@dataclass(frozen=True)
class SlotToAdd:
    """A slot with its button; of several, the one nearest to the daytime of the person is proposed."""

    choice: SlotChoice
    has_others: bool

    @property
    def time(self) -> SlotTime:
        return self.choice.time

    @property
    def is_nearest(self) -> bool:
        return self.choice.is_chosen

    @property
    def is_proposed(self) -> bool:
        return self.is_nearest and self.has_others

    @property
    def value(self) -> int | str:
        return self.choice.value

    @property
    def button(self) -> str:
        return _("Put me on the waiting list") if self.choice.is_list else _("Add")

    @property
    def state(self) -> str:
        return _("All places taken.") if self.choice.is_list else ""


@dataclass(frozen=True)
class Addition:
    """A session of the season to which the person is not registered, and some slot of which is still to come."""

    offer: Offer
    participant: Participant
    # For lists in which entries of the person stand, too.
    is_addition = True

    @property
    def session(self):
        return self.offer.session

    @cached_property
    def slots(self) -> list[SlotToAdd]:
        """Those that can be had or waited for, the proposed one first."""
        zone, now = self.participant.timezone, self.offer.now
        options = slot_options(self.offer.free, zone, self.offer.with_list, now=now)
        in_order = sorted(options, key=lambda option: not option.is_chosen)
        return [SlotToAdd(choice, len(options) > 1) for choice in in_order]

    @cached_property
    def way_out(self) -> WayOut | None:
        return way_out([slot.choice for slot in self.slots])

    @cached_property
    def first(self) -> SlotCard:
        """The slot that would be proposed, and why it cannot be added where none can be."""
        slot = self._to_come[0]
        return SlotCard(slot, self.participant.timezone, self.offer.state(slot), now=self.offer.now)

    @property
    def starts_at(self):
        return self.slots[0].time.occurrence.starts_at if self.slots else self._to_come[0].starts_at

    @property
    def is_to_come(self) -> bool:
        return bool(self._to_come)

    @cached_property
    def _to_come(self):
        return [slot for slot in self.offer.slots if is_to_come(slot, self.offer.now)]


def additions(participant, offers, entries) -> list[Addition]:
    """`offers` of the season, without the sessions of these entries."""
    known = {entry.session.pk for entry in entries}
    found = [Addition(offer, participant) for offer in offers if offer.session.pk not in known]
    return [addition for addition in found if addition.is_to_come]
