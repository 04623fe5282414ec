"""Ready values of a time slot on the pages of the programme: when it is, for one reader, and its state."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sessions import translations
from sessions.calendar import links as calendar_links
from sessions.clocks import dates
from sessions.clocks.ribbon import Ribbon, ribbon
from sessions.clocks.slot_clocks import clocks_of
from sessions.clocks.wall_clock import Clock, ThreeClocks
from sessions.models import Occurrence
from sessions.presenters import spoken
from sessions.slot_states import SlotState

STATE_WORDS = {
    SlotState.BY_INVITATION: gettext_lazy("By invitation only"),
    SlotState.CALLED_OFF: gettext_lazy("Called off"),
    SlotState.OVER: gettext_lazy("Over"),
    SlotState.OPENS_LATER: gettext_lazy("Not open yet"),
    SlotState.CLOSED: gettext_lazy("Registration closed"),
    SlotState.FULL: gettext_lazy("All places taken"),
    SlotState.WAITING_LIST: gettext_lazy("All places taken, waiting list open"),
    SlotState.OPEN: gettext_lazy("Open for registration"),
}


@dataclass(frozen=True)
class SlotTime:
    """When a slot is, for one reader; what templates/sessions/_slot_time.html shows.

    The occurrence comes with its session, the session's season and its stream. With `now`, one in parts says how many
    of them were held already.
    """

    occurrence: Occurrence
    zone: str
    now: datetime | None = None

    @property
    def mark(self) -> str:
        return self.occurrence.session.stream.mark

    @property
    def iso(self) -> str:
        """Its start for programs (ISO 8601)."""
        return self.occurrence.starts_at.astimezone(UTC).isoformat()

    @cached_property
    def clocks(self) -> ThreeClocks:
        slot = self.occurrence
        return clocks_of(slot, reader_zone=self.zone, season=slot.session.season)

    @cached_property
    def languages(self) -> str:
        return spoken.in_words(self.occurrence)

    @property
    def reader(self) -> Clock:
        return self.clocks.reader

    @cached_property
    def parts(self) -> list["PartTime"]:
        """Each part of a slot that is held in several."""
        return [PartTime(part, self.zone) for part in self.occurrence.stretches] if self.occurrence.parts else []

    @property
    def in_parts(self) -> str:
        """That one place is for all of them, or for what is left of them; empty where one part alone is held."""
        held = self.occurrence.held_stretches
        over = [stretch for stretch in held if self.now and stretch.is_over(self.now)]
        if over and len(over) < len(held):
            return _some_held(len(over), len(held))
        number = len(held)
        if number == 1:
            return ""
        return ngettext("Held in %(number)s part", "Held in %(number)s parts: one place is for all of them", number) % {
            "number": dates.number(number)
        }

    @property
    def name(self) -> str:
        """Of a part: Part 1 of 2."""
        return self.clocks.heading

    @property
    def is_off(self) -> bool:
        return self.occurrence.is_called_off

    @cached_property
    def ribbon(self) -> Ribbon:
        return ribbon(self.reader)

    @property
    def night_hour(self) -> str:
        """The hour that makes it a night slot: its start, else its end."""
        return self.reader.start_hour if self.reader.starts_at_night else self.reader.end_hour

    @property
    def spoken(self) -> str:
        """The ribbon in words, for who does not see it."""
        clock = self.reader
        words = {"day": clock.day, "hours": clock.hours, "place": clock.place, "part": clock.part_of_day}
        return _("%(day)s, %(hours)s in %(place)s: %(part)s") % words


def _some_held(number, total) -> str:
    text = ngettext(
        "%(number)s of %(total)s parts has been held: one place is for what follows",
        "%(number)s of %(total)s parts have been held: one place is for what follows",
        number,
    )
    return text % {"number": dates.number(number), "total": dates.number(total)}


class PartTime(SlotTime):
    """A part among the others of its slot, which says what they have in common."""

    languages = ""


@dataclass(frozen=True)
class SlotCard:
    """A slot on a page of the programme; without a state where the page says its state in other words."""

    occurrence: Occurrence
    zone: str
    state: SlotState | None
    # Also of a slot that was called off: its time has passed.
    is_past: bool = False
    now: datetime | None = None

    @cached_property
    def time(self) -> SlotTime:
        return SlotTime(self.occurrence, self.zone, self.now)

    @property
    def is_open(self) -> bool:
        return self.state == SlotState.OPEN

    @property
    def has_waiting_list(self) -> bool:
        return self.state == SlotState.WAITING_LIST

    @property
    def is_off(self) -> bool:
        return self.state == SlotState.CALLED_OFF

    @property
    def is_over(self) -> bool:
        return self.state == SlotState.OVER

    @property
    def words(self) -> str:
        opens_at = self.occurrence.session.registration_opens_at
        if self.state == SlotState.OPENS_LATER:
            local = opens_at.astimezone(self._tz)
            when = dates.with_time(dates.full_day_without_year(local), dates.time(local))
            return _("Opens on %(when)s") % {"when": when}
        if self.is_over and self.occurrence.session.is_by_invitation:
            return _("Over; it was by invitation only")
        return STATE_WORDS[self.state]

    @property
    def calendar_links(self) -> list[calendar_links.CalendarLink]:
        slot, page = self.occurrence, self.page_url
        title = translations.words(slot.session, "title")
        return calendar_links.links_of_slot(slot, title=title, text=page, place=page)

    @property
    def page_url(self) -> str:
        return self.occurrence.session.absolute_url

    @property
    def ics_url(self) -> str:
        session = self.occurrence.session
        return reverse("sessions:slot_calendar", args=[session.season.slug, session.slug, self.occurrence.pk])

    @property
    def _tz(self):
        return self.time.reader.starts_at.tzinfo
