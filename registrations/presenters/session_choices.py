"""A session to tick on the page of a sign-up, with its time slots and what is to be said about them."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from registrations.presenters.problems import Problem
from registrations.presenters.slot_choices import SlotChoice
from registrations.presenters.ways_out import WayOut, way_out
from registrations.seats.offers import Offer
from sessions import marked
from sessions.clocks import dates
from sessions.models import Occurrence
from sessions.presenters.slots import SlotTime

# The field that ticks all sessions with free places of the season, or of a stream.
GROUPS, SEASON = "all", "season"


def groups_of(session) -> list[str]:
    """The values of that field by which a session is ticked."""
    return [SEASON, f"stream-{session.stream.slug}"]


@dataclass(frozen=True)
class SessionGroup:
    """A box that ticks several sessions at once."""

    value: str
    words: str


@dataclass(frozen=True)
class SessionChoice:
    """One checkbox with its time slots; `error` says why the session could not be had.

    `sent` is the slot that came for it with a form or a link; `is_own` says that the person chose it, `waits` that they
    agreed to wait for it.
    """

    offer: Offer
    zone: str
    is_ticked: bool
    sent: Occurrence | None = None
    is_own: bool = False
    waits: bool = False
    error: str = ""
    notice: str = ""
    # Fields of the form, to be answered by who takes part.
    questions: tuple = ()

    @property
    def session(self):
        return self.offer.session

    @property
    def id(self) -> str:
        return f"session-{self.session.pk}"

    @property
    def slots_name(self) -> str:
        return f"slot-{self.session.pk}"

    @property
    def groups(self) -> str:
        """For the script that ticks it with others."""
        return " ".join(groups_of(self.session)) if self.offer.free else ""

    @property
    def problem(self) -> Problem:
        return Problem(self.id, marked.about(marked.words(self.session, "title"), self.error))

    @property
    def has_wrong_answer(self) -> bool:
        return any(field.errors for field in self.questions)

    @cached_property
    def slots(self) -> list[SlotChoice]:
        return [self._slot(slot) for slot in self.offer.coming]

    @cached_property
    def way_out(self) -> WayOut | None:
        return way_out(self.slots)

    def _slot(self, slot) -> SlotChoice:
        return SlotChoice(
            time=SlotTime(slot, self.zone, self.offer.now),
            is_chosen=slot == self.preset,
            is_proposed=slot == self.preset and self.is_proposed and self.has_alternatives,
            is_full=slot not in self.offer.free,
            is_list=slot in self.offer.with_list,
            has_free_other=bool(self.offer.free),
        )

    @cached_property
    def preset(self) -> Occurrence | None:
        """The slot chosen beforehand: `sent`, as long as it can be had; else the one nearest to their office hours."""
        to_be_had = self.offer.free + (self.offer.with_list if self.waits else [])
        return self.sent if self.sent in to_be_had else self.offer.nearest(self.zone)

    @property
    def is_proposed(self) -> bool:
        """Whether the slot chosen beforehand is a proposal, and not what the person wanted."""
        return not (self.is_own and self.preset == self.sent)

    @property
    def is_closed(self) -> bool:
        return not self.offer.free and not self.offer.with_list

    @property
    def list_words(self) -> str:
        """What ticking the session means where no place is free; empty where one is."""
        if self.offer.free or self.is_closed:
            return ""
        if self.has_alternatives:
            return _("All places taken. Put me on the waiting list of the time slot chosen here")
        return _("All places taken. Put me on the waiting list")

    @property
    def is_on_list(self) -> bool:
        """Whether the form, sent as it stands, leads to a waiting list."""
        return self.is_ticked and self.preset in self.offer.with_list

    @cached_property
    def day(self) -> str:
        """The reader's day of all its slots; empty where they have several, or one is held in parts."""
        days = {slot.time.reader.day for slot in self.slots}
        is_in_parts = any(slot.time.parts for slot in self.slots)
        return days.pop() if len(days) == 1 and not is_in_parts else ""

    @property
    def hours(self) -> str:
        """Of all its slots, with their days unless it is one and the same, and those at night with this word."""
        listed = dates.listed if self.day else dates.listed_apart
        return listed(self._hours(slot) for slot in self.slots)

    def _hours(self, slot) -> str:
        if not self.day:
            return slot.when
        hours = slot.time.reader.hours
        return _("%(hours)s (night)") % {"hours": hours} if slot.time.reader.is_at_night else hours

    @property
    def has_alternatives(self) -> bool:
        return len(self.offer.coming) > 1
