"""What a certificate says, in the words of a language."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils.translation import get_language, gettext_lazy, npgettext, pgettext_lazy
from django.utils.translation import gettext as _

from registrations.certificates import numbers
from registrations.models import Certificate
from sessions import marked, plain_text
from sessions.clocks import dates
from sessions.clocks.wall_clock import on_clock
from sessions.seasons import season_days

OPENED = pgettext_lazy("how long", "opened the meeting")
_MINUTES = gettext_lazy(
    "Minutes are those that the meeting platform reported, within the session; at least %(percent)s of it."
)
_CLICK = gettext_lazy(
    "“Opened the meeting” means: from the personal page, and there is no report of how long the person stayed."
)


@dataclass(frozen=True)
class Line:
    """A session on a certificate; `day` is empty of one whose time nobody knows."""

    title: str
    day: str
    how_long: str


@dataclass(frozen=True)
class CertificateWords:
    """In the active language, with dates on the clock of the season."""

    certificate: Certificate

    @property
    def season(self) -> str:
        return marked.words(self.certificate.season, "title")

    @property
    def what(self) -> str:
        if self.certificate.part == Certificate.Part.SPOKE:
            return _("Spoke in a session")
        return _("Took part in a session") if self.certificate.session_id else _("Took part in the season")

    @property
    def what_of_paper(self) -> str:
        """Behind the name."""
        if self.certificate.part == Certificate.Part.SPOKE:
            return _("spoke in this session")
        return _("took part in this session") if self.certificate.session_id else _("took part in these sessions")

    @property
    def organiser(self) -> str:
        return str(marked.organiser(self.certificate.season))

    @property
    def days(self) -> str:
        """Of the season."""
        return dates.days(*self._season_days)

    @cached_property
    def _season_days(self):
        return season_days.around_slots(self.certificate.season)

    @property
    def basis(self) -> list[str]:
        """Where the minutes come from, in sentences; none of a speaker."""
        if self.certificate.part == Certificate.Part.SPOKE:
            return []
        entries = self.certificate.entries.all()
        said = [_MINUTES] if any(entry.minutes is not None for entry in entries) else []
        said += [_CLICK] if any(entry.minutes is None for entry in entries) else []
        percent = dates.percent(self.certificate.percent / 100)
        return [str(words) % {"percent": percent} for words in said]

    @property
    def lines(self) -> list[Line]:
        return [self._line(entry) for entry in self.certificate.entries.all()]

    @property
    def number(self) -> str:
        return numbers.shown(self.certificate.number)

    @property
    def issued_on(self) -> str:
        return self._day(self.certificate.issued_at)

    @property
    def withdrawn_on(self) -> str:
        return self._day(self.certificate.withdrawn_at)

    def _line(self, entry) -> Line:
        days = days_of(entry, self.certificate.season.zone)
        day = dates.days(*days) if len(days) > 1 else "".join(map(dates.day, days))
        return Line(_title(entry), day, how_long(entry, self.certificate.part))

    def _day(self, moment) -> str:
        season = self.certificate.season
        return dates.day(on_clock(moment, moment, season.timezone).starts_at)


def days_of(entry, zone) -> list[date]:
    """The first and, of a session in parts, the last day; that of its start where it is one meeting, also at night.

    Empty where nobody knows when it was. No meeting lasts half a day: what does is held in parts.
    """
    if entry.starts_at is None:
        return []
    first, last = entry.starts_at.astimezone(zone).date(), entry.ends_at.astimezone(zone).date()
    is_in_parts = entry.ends_at - entry.starts_at > timedelta(hours=12)
    return [first, last] if is_in_parts and last > first else [first]


def how_long(entry, part) -> str:
    """Empty of a speaker."""
    if part == Certificate.Part.SPOKE:
        return ""
    if entry.minutes is None:
        return str(OPENED)
    return npgettext("how long", "%(number)s minute", "%(number)s minutes", entry.minutes) % {
        "number": dates.number(entry.minutes)
    }


def _title(entry) -> str:
    """Of the language of the page, else the English one, which is marked."""
    language = get_language() or "en"
    known = entry.titles.get(language)
    text = plain_text.one_line(known or entry.titles["en"])
    return text if known else marked.english(text)
