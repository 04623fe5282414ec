"""Ready values of a session, in the season's list and on its own page."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sessions import partners
from sessions.clocks import dates
from sessions.clocks.wall_clock import ThreeClocks
from sessions.materials import material_groups
from sessions.materials.material_groups import MaterialGroup
from sessions.models import Session
from sessions.partners import Partner
from sessions.presenters.slots import SlotCard
from sessions.reference import languages

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
ONLY_AT_NIGHT = gettext_lazy("Only at night for you. Sign up, and ask for the recording: then you need not get up.")
TITLE_AND_TIME = {"title", "date", "slots", "slots.start"}


@dataclass(frozen=True)
class SessionCard:
    """A session with its slots, in the season's list and on its own page."""

    session: Session
    slots: list[SlotCard]
    # Where a link to its month leads, for the first session of one.
    anchor: str = ""

    @property
    def day(self) -> tuple[str, str, str] | None:
        """The reader's day of the first slot, as text before its number, the number, and text after it."""
        return dates.full_day_in_parts(self.slots[0].time.reader.starts_at) if self.slots else None

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
    def slots_to_come(self) -> list[SlotCard]:
        return [slot for slot in self.slots if not slot.is_off and not slot.is_over]

    @property
    def about_nights(self) -> str:
        """The way out for a reader to whom some slot that can be had is at night; empty where none is."""
        by_day = [clocks.reader for clocks in self._clocks_to_have if not clocks.is_at_night]
        if len(by_day) == len(self._clocks_to_have):
            return ""
        if not by_day:
            return str(ONLY_AT_NIGHT)
        return _("The time slot at %(hour)s is not at night for you.") % {"hour": by_day[0].hour_in_sentence}

    @property
    def only_at_night(self) -> str:
        """As `about_nights`, for a list, where the slot by day stands beside the other: empty where there is one."""
        to_have = self._clocks_to_have
        return str(ONLY_AT_NIGHT) if to_have and all(clocks.is_at_night for clocks in to_have) else ""

    @cached_property
    def _clocks_to_have(self) -> list[ThreeClocks]:
        return [slot.time.clocks for slot in self.slots if slot.is_open or slot.has_waiting_list]

    @property
    def title_or_time_is_unconfirmed(self) -> bool:
        return bool(TITLE_AND_TIME & set(self.session.unconfirmed_fields))

    @property
    def unconfirmed_words(self) -> list[str]:
        return [str(FIELD_WORDS[field]) for field in self.session.unconfirmed_fields if field in FIELD_WORDS]

    @property
    def languages(self) -> list[str]:
        """In which it is held; those of all its slots, where these have their own."""
        by_slot = [code for slot in self.slots for code in slot.occurrence.spoken]
        codes = by_slot or languages.codes_in(self.session.languages)
        return [languages.in_words(code) for code in dict.fromkeys(codes)]

    @property
    def partners(self) -> list[Partner]:
        known = partners.of_lines(self.session.season.partners)
        return partners.linked(partners.of_lines(self.session.partners), known)

    @cached_property
    def material_groups(self) -> list[MaterialGroup]:
        """What was published, by kind, the recordings first."""
        return material_groups.groups_of(self.session)

    @property
    def published(self) -> list[MaterialGroup]:
        """The kinds that can be stated as a fact: with an address, or named by a source."""
        return [group for group in self.material_groups if group.is_a_fact]

    @property
    def has_player(self) -> bool:
        return any(item.player for group in self.material_groups for item in group.items)

    @property
    def can_be_opened(self) -> bool:
        return any(group.can_be_opened for group in self.material_groups)

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
        people = _at_least(total) if self.session.attendance_is_minimum else _exactly(total)
        if len(by_slot) < 2:
            return people
        return _("%(people)s (%(by_slot)s)") % {"people": people, "by_slot": " + ".join(map(dates.number, by_slot))}

    @property
    def took_part(self) -> str:
        """As `attendance`, as a sentence; empty where nobody knows."""
        total = self.session.attendance_total
        if total is None:
            return ""
        exactly = ngettext("%(number)s person took part", "%(number)s people took part", total)
        more = ngettext("more than %(number)s person took part", "more than %(number)s people took part", total)
        return (more if self.session.attendance_is_minimum else exactly) % {"number": dates.number(total)}


def _at_least(total) -> str:
    words = ngettext("more than %(number)s person", "more than %(number)s people", total)
    return words % {"number": dates.number(total)}


def _exactly(total) -> str:
    return ngettext("%(number)s person", "%(number)s people", total) % {"number": dates.number(total)}
