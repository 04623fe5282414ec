"""The picture that programs show beside a link to a season or a session: what is on it, in the language of a page."""

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cached_property

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from sessions import plain_text, translations
from sessions.clocks import dates
from sessions.clocks.ribbon import ribbon
from sessions.clocks.wall_clock import Clock, on_clock
from sessions.models import Occurrence, Season, Session, Stream

BRAND = "Minamata Online"
# More are counted: two lines of times leave room for a long title.
SLOTS_NAMED = 2
MOST_STREAMS = 3


@dataclass(frozen=True)
class PreviewPicture:
    """`values` are those of `templates/typst/preview.typ`, in the language that was active."""

    path: str
    language: str
    values: dict

    @property
    def title(self) -> str:
        return self.values["title"]

    @property
    def words(self) -> str:
        """What is on it, for who does not see it."""
        shown = [self.values["notice"], self.title, *self.values["times"], self.values["organiser"]]
        return dates.in_turn(filter(None, shown))

    @cached_property
    def version(self) -> str:
        """Another one for other words, so that programs that keep the picture ask for the new one."""
        told = json.dumps([self.language, self.values], ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    @property
    def address(self) -> str:
        return f"{settings.SITE_URL}{self.path}?v={self.version}"


def of_season(season: Season, streams: list[Stream]) -> PreviewPicture:
    values = {
        "heading": BRAND,
        "title": _line(season, "title"),
        "streams": [_stream(each) for each in streams[:MOST_STREAMS]],
        "times": [dates.days(season.starts_on, season.ends_on)],
        "day": None,
        "notice": _("Rehearsal") if season.is_rehearsal else "",
        "organiser": plain_text.one_line(season.organised_by),
    }
    return PreviewPicture(reverse("sessions:season_picture", args=[season.slug]), get_language(), values)


def of_session(session: Session, slots: list[Occurrence]) -> PreviewPicture:
    """`session` comes with its season and its stream."""
    season, held = session.season, [slot for slot in slots if not slot.is_called_off]
    clocks = [_clock(season, each) for slot in held or slots for each in slot.held_stretches or slot.stretches]
    off = _("Called off") if slots and not held else ""
    values = {
        "heading": _line(season, "title"),
        "title": _line(session, "title"),
        "streams": [_stream(session.stream)],
        "times": _times(clocks, are_parts=any(slot.parts for slot in held or slots)),
        "day": _day(clocks, session.stream) if clocks else None,
        "notice": _("Rehearsal") if season.is_rehearsal else off,
        "organiser": plain_text.one_line(season.organised_by),
    }
    path = reverse("sessions:session_picture", args=[season.slug, session.slug])
    return PreviewPicture(path, get_language(), values)


def _clock(season, slot) -> Clock:
    return on_clock(slot.starts_at, slot.ends_at, season.timezone, translations.words(season, "place"))


def _times(clocks, *, are_parts) -> list[str]:
    named = clocks if len(clocks) <= SLOTS_NAMED else clocks[: SLOTS_NAMED - 1]
    lines = [clock.in_words for clock in named]
    if more := len(clocks) - len(named):
        slots = ngettext("and %(number)s more time slot", "and %(number)s more time slots", more)
        parts = ngettext("and %(number)s more part", "and %(number)s more parts", more)
        lines.append((parts if are_parts else slots) % {"number": dates.number(more)})
    return lines


def _day(clocks, stream) -> dict:
    """The first day with its slots, as `base.typ` draws it."""
    drawn = [ribbon(clock) for clock in clocks if clock.starts_at.date() == clocks[0].starts_at.date()]
    return {
        "mark": stream.mark,
        "bands": [asdict(band) for band in drawn[0].bands],
        "slots": [asdict(each.slot) for each in drawn],
    }


def _stream(stream) -> dict:
    return {"title": _line(stream, "title"), "mark": stream.mark}


def _line(row, name) -> str:
    return plain_text.one_line(translations.words(row, name))
