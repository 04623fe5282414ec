"""Ready values for the pages of the programme."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, lru_cache

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from sessions.calendar import links as calendar_links
from sessions.clocks import zones
from sessions.clocks.ribbon import Ribbon, ribbon
from sessions.clocks.wall_clock import Clock, ThreeClocks, three_clocks
from sessions.materials import shelves as archive
from sessions.models import Occurrence, Session
from sessions.reference import languages

STATE_WORDS = {
    "by-invitation": gettext_lazy("By invitation only"),
    "called-off": gettext_lazy("Called off"),
    "over": gettext_lazy("Over"),
    "opens-later": gettext_lazy("Not open yet"),
    "closed": gettext_lazy("Registration closed"),
    "full": gettext_lazy("All places taken"),
    "waiting-list": gettext_lazy("All places taken, waiting list open"),
    "open": gettext_lazy("Open for registration"),
}
FIELD_WORDS = {
    "title": gettext_lazy("title"),
    "stream": gettext_lazy("stream"),
    "date": gettext_lazy("date"),
    "access": gettext_lazy("who could take part"),
    "slots": gettext_lazy("number and time of the time slots"),
    "slots.start": gettext_lazy("time of day"),
    "slots.label": gettext_lazy("which content each time slot had"),
    "duration_minutes": gettext_lazy("length"),
    "platform": gettext_lazy("meeting platform"),
    "languages": gettext_lazy("languages"),
    "summary": gettext_lazy("summary"),
    "speakers": gettext_lazy("panel"),
    "partners": gettext_lazy("partners"),
    "attendance": gettext_lazy("attendance"),
    "recording": gettext_lazy("recording"),
    "documents": gettext_lazy("documents"),
}
PUBLISHED_WITHIN = timedelta(days=60)
TIME_FIELDS = {"date", "slots", "slots.start"}


@dataclass(frozen=True)
class SlotTime:
    """When a slot is, for one reader; what templates/sessions/_slot_time.html shows.

    The occurrence comes with its session, the session's season and its stream.
    """

    occurrence: Occurrence
    zone: str

    @property
    def mark(self) -> str:
        return self.occurrence.session.stream.mark

    @cached_property
    def clocks(self) -> ThreeClocks:
        slot = self.occurrence
        return three_clocks(slot.starts_at, slot.ends_at, reader_zone=self.zone, season=slot.session.season)

    @property
    def reader(self) -> Clock:
        return self.clocks.reader

    @cached_property
    def ribbon(self) -> Ribbon:
        return ribbon(self.reader)

    @property
    def night_hour(self) -> str:
        """The hour that makes it a night slot: its start, else its end."""
        return self.reader.start_hour if self.reader.starts_at_night else f"{self.reader.ends_at:%H:%M}"

    @property
    def spoken(self) -> str:
        """The ribbon in words, for who does not see it."""
        clock = self.reader
        words = {"day": clock.day, "hours": clock.hours, "place": clock.place, "part": clock.part_of_day}
        return _("%(day)s, %(hours)s in %(place)s: %(part)s") % words


@dataclass(frozen=True)
class SlotCard:
    """A slot on a page of the programme. `state` is a word of registrations.availability.SlotState."""

    occurrence: Occurrence
    zone: str
    state: str
    # Also of a slot that was called off: its time has passed.
    is_past: bool = False

    @cached_property
    def time(self) -> SlotTime:
        return SlotTime(self.occurrence, self.zone)

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    @property
    def has_waiting_list(self) -> bool:
        return self.state == "waiting-list"

    @property
    def is_off(self) -> bool:
        return self.state == "called-off"

    @property
    def words(self) -> str:
        opens_at = self.occurrence.session.registration_opens_at
        if self.state == "opens-later":
            return _("Opens on %(day)s") % {"day": date_format(opens_at.astimezone(self._tz), "l j F, H:i")}
        if self.state == "over" and self.occurrence.session.is_by_invitation:
            return _("Over; it was by invitation only")
        return STATE_WORDS[self.state]

    @property
    def calendar_links(self) -> list[calendar_links.CalendarLink]:
        slot, page = self.occurrence, self.page_url
        return calendar_links.links(
            title=slot.session.title, text=page, place=page, starts_at=slot.starts_at, ends_at=slot.ends_at
        )

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


@dataclass(frozen=True)
class SessionCard:
    """A session with its slots, in the season's list and on its own page."""

    session: Session
    slots: list[SlotCard]

    @property
    def date(self):
        """The reader's date of the first slot; a date, since the template filter would turn a moment into UTC."""
        return self.slots[0].time.reader.starts_at.date() if self.slots else None

    @property
    def order(self):
        """Sort key: by the first slot, sessions without one last."""
        first = self.slots[0].occurrence.starts_at.timestamp() if self.slots else float("inf")
        return (first, self.session.pk)

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is to come; what was called off is news until its time has passed."""
        nothing_comes = bool(self.slots) and all(slot.is_off or slot.is_past for slot in self.slots)
        return nothing_comes and (self.was_held or all(slot.is_past for slot in self.slots))

    @property
    def was_held(self) -> bool:
        return any(slot.is_past and not slot.is_off for slot in self.slots)

    @property
    def is_open(self) -> bool:
        return any(slot.is_open for slot in self.slots)

    @property
    def has_waiting_list(self) -> bool:
        """Whether nothing but waiting is left."""
        return not self.is_open and any(slot.has_waiting_list for slot in self.slots)

    @property
    def time_is_unconfirmed(self) -> bool:
        return bool(TIME_FIELDS & set(self.session.unconfirmed_fields))

    @property
    def title_is_unconfirmed(self) -> bool:
        return "title" in self.session.unconfirmed_fields

    @property
    def unconfirmed_words(self) -> list[str]:
        return [str(FIELD_WORDS[field]) for field in self.session.unconfirmed_fields if field in FIELD_WORDS]

    @property
    def languages(self) -> list[str]:
        codes = [code.strip() for code in self.session.languages.split(",") if code.strip()]
        return [languages.in_words(code) for code in codes]

    @property
    def partners(self) -> list[str]:
        return [line.strip() for line in self.session.partners.splitlines() if line.strip()]

    @cached_property
    def shelves(self) -> list[archive.Shelf]:
        """What was published, by kind, the recordings first."""
        return archive.shelves(self.session)

    @property
    def published(self) -> list[archive.Shelf]:
        """The kinds that can be stated as a fact: with an address, or named by a source."""
        return [shelf for shelf in self.shelves if shelf.is_a_fact]

    @property
    def can_be_opened(self) -> bool:
        return any(shelf.can_be_opened for shelf in self.shelves)

    def awaits_materials(self, now) -> bool:
        """Whether something may still be published: the last time slot ended not long ago."""
        held = [slot.occurrence for slot in self.slots if not slot.is_off]
        return any(slot.ends_at <= now < slot.ends_at + PUBLISHED_WITHIN for slot in held)

    @property
    def attendance(self) -> str:
        total = self.session.attendance_total
        if total is None:
            return ""
        by_slot = [slot.occurrence.attendance for slot in self.slots if slot.occurrence.attendance is not None]
        words = _("more than %(total)d people") if self.session.attendance_is_minimum else _("%(total)d people")
        if len(by_slot) < 2:
            return words % {"total": total}
        return words % {"total": total} + " (" + " + ".join(map(str, by_slot)) + ")"


@dataclass(frozen=True)
class ZoneGroup:
    """The zones of one part of the world, for a list of choices: pairs of IANA name and words."""

    region: str
    choices: list[tuple[str, str]]


def zone_groups(moment) -> list[ZoneGroup]:
    """The zones by region as the IANA names them, each as city and offset at that moment."""
    # Clocks are changed at full quarters of an hour, and there are hundreds of them.
    quarter = moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)
    return _zone_groups(quarter, get_language())


@lru_cache(maxsize=16)
def _zone_groups(moment, _language) -> list[ZoneGroup]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for name in zones.city_zones():
        region = name.partition("/")[0] if "/" in name else "UTC"
        words = zones.label(name, moment)
        groups.setdefault(region, []).append((name, words))
    return [ZoneGroup(region, sorted(choices, key=lambda choice: choice[1])) for region, choices in groups.items()]
