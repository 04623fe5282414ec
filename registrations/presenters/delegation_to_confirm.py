"""Ready values for the page on which a focal point sees what the button in their mail does."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _

from registrations.delegations import delegation
from registrations.delegations.members import DelegationMembers, Named
from registrations.enrolment import enrolment
from registrations.models import Delegation
from registrations.seats import nights
from sessions.clocks.wall_clock import Clock, on_clock
from sessions.models import Occurrence
from sessions.presenters.slots import SlotTime


@dataclass(frozen=True)
class Chosen:
    """A time slot that the focal point chose; `problem` says why nobody can be signed up for it any more."""

    time: SlotTime
    problem: str
    # A slot of the session that is not at night for the focal point, and has a place for everybody.
    by_day: SlotTime | None = None

    @property
    def night_words(self) -> str:
        """The way out where the slot is at night for the focal point; empty by day."""
        if self.problem or not self.time.clocks.is_at_night:
            return ""
        if self.by_day is None:
            return _("Each person can ask for the recording on their own page.")
        hour = {"hour": self.by_day.reader.hour_in_sentence}
        return _("The other time slot is at %(hour)s for you. To choose it, fill in the form again.") % hour

    @property
    def slot(self) -> Occurrence:
        return self.time.occurrence


@dataclass(frozen=True)
class DelegationToConfirm:
    """`error` is what the button could not do."""

    asked: Delegation
    now: datetime
    error: str = ""

    @cached_property
    def members(self) -> DelegationMembers:
        return DelegationMembers(self.asked)

    @property
    def has_expired(self) -> bool:
        return self.asked.has_expired(self.now)

    @property
    def number(self) -> int:
        return len(self.members.named)

    @property
    def staying(self) -> list[Named]:
        return self.members.staying

    @property
    def owning(self) -> list[Named]:
        return self.members.owning

    @cached_property
    def chosen(self) -> list[Chosen]:
        slots = Occurrence.objects.filter(pk__in=self.asked.occurrences).in_order()
        slots = slots.select_related("session__season", "session__stream").prefetch_related("session__occurrences")
        return [Chosen(self._time(slot), self._problem(slot), self._by_day(slot)) for slot in slots]

    @property
    def to_be_had(self) -> list[Chosen]:
        return [each for each in self.chosen if not each.problem]

    @property
    def has_gone(self) -> bool:
        """Whether a time slot was removed altogether."""
        return len(self.chosen) < len(self.asked.occurrences)

    @property
    def expires(self) -> Clock:
        moment = self.asked.expires_at
        return on_clock(moment, moment, self._zone)

    def _by_day(self, slot) -> SlotTime | None:
        others = sorted(slot.session.occurrences.all(), key=lambda other: (other.starts_at, other.pk))
        by_day = nights.by_day([other for other in others if not self._problem(other)], self._zone)
        return self._time(by_day) if by_day else None

    def _time(self, slot) -> SlotTime:
        return SlotTime(slot, self._zone)

    @property
    def _zone(self) -> str:
        return self.members.point.details.timezone

    def _problem(self, slot) -> str:
        if slot.is_called_off:
            return _("We called this time slot off.")
        if not enrolment.is_open(slot, self.now):
            return _("Registration for this time slot is closed now.")
        if not delegation.has_places(slot, self.members.size):
            return _("There are not enough places for everybody any more.")
        return ""
