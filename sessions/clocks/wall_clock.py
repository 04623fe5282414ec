"""One time slot on several clocks, the part of the day it falls in, and which slot suits a place best."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from textwrap import indent
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sessions import translations
from sessions.clocks import dates, zones

UTC = "UTC"
OFFICE_OPENS, OFFICE_CLOSES = time(10), time(17)
DAY_BEGINS, DAY_ENDS = time(8), time(19)
NIGHT_BEGINS, NIGHT_ENDS = time(22), time(6)
MINUTES_A_DAY = 24 * 60
# Of days that people type: near the ends of the calendar a day of one zone is none in another.
YEARS = range(1990, 2101)


@dataclass(frozen=True)
class Clock:
    """A slot on the wall clock of one zone; `starts_at` and `ends_at` are aware and in that zone.

    Its words are in the language that was active when it was made.
    """

    zone: str
    place: str
    starts_at: datetime
    ends_at: datetime
    offset: str
    # Nairobi, UTC+3; the offset is that of the slot's own date.
    label: str
    # Thursday 17 September 2020.
    day: str
    # Thu 17 Sep.
    short_day: str
    # 16:00–17:00; a slot over midnight names the day on which it ends: 23:30–00:30 (Friday).
    hours: str
    # Thursday 17 September 2020, 16:00–17:00, Nairobi, UTC+3.
    line: str

    @property
    def is_on_offset(self) -> bool:
        """Its label is UTC or so many hours from it, and names no place."""
        return zones.is_fixed(self.zone)

    @property
    def labelled_hours(self) -> str:
        """Nairobi, UTC+3: 16:00–17:00."""
        return f"{self.label}{dates.colon()}{self.hours}"

    @property
    def start_hour(self) -> str:
        return dates.time(self.starts_at)

    @property
    def hour_in_sentence(self) -> str:
        return dates.hour_in_sentence(self.starts_at)

    @property
    def end_hour(self) -> str:
        return dates.time(self.ends_at)

    @property
    def in_words(self) -> str:
        """Thursday 17 September 2020, 16:00–17:00 (Nairobi, UTC+3)."""
        return _in_place(dates.with_time(self.day, self.hours), self.label)

    @property
    def start_in_words(self) -> str:
        """Thursday 17 September 2020, 16:00 (Nairobi, UTC+3)."""
        return _in_place(dates.with_time(self.day, self.start_hour), self.label)

    @property
    def starts_at_night(self) -> bool:
        return _is_night(self.starts_at)

    @property
    def is_at_night(self) -> bool:
        return _touches_night(self.starts_at, self.ends_at)

    @property
    def part_of_day(self) -> str:
        hour = self.starts_at.hour
        if self.starts_at_night:
            return _("night")
        if hour < DAY_BEGINS.hour:
            return _("early morning")
        if hour < 12:
            return _("morning")
        return _("afternoon") if hour < 18 else _("evening")


def _in_place(time, label) -> str:
    return _("%(time)s (%(place)s)") % {"time": time, "place": label}


def on_clock(starts_at: datetime, ends_at: datetime, zone: str, place: str = "") -> Clock:
    zone = zones.usable(zone)
    start, end = _in_zone(starts_at, ends_at, zone)
    place, offset = zones.in_language(place) if place else zones.city(zone), zones.offset(zone, start)
    day, hours, label = dates.full_day(start), dates.hours(start, end), _label(zone, place, offset)
    return Clock(
        zone=zone,
        place=place,
        starts_at=start,
        ends_at=end,
        offset=offset,
        label=label,
        day=day,
        short_day=dates.short_day(start),
        hours=hours,
        line=dates.in_turn([day, hours, label]),
    )


def _label(zone, place, offset) -> str:
    if zones.is_fixed(zone):
        return offset
    return _("%(city)s, %(offset)s") % {"city": place, "offset": offset}


def is_at_night(starts_at: datetime, ends_at: datetime, zone: str) -> bool:
    """Whether any of it lies between 22:00 and 06:00 on the wall clock of `zone`."""
    return _touches_night(*_in_zone(starts_at, ends_at, zones.usable(zone)))


def _in_zone(starts_at, ends_at, zone) -> tuple[datetime, datetime]:
    tz = ZoneInfo(zone)
    return starts_at.astimezone(tz), ends_at.astimezone(tz)


@dataclass(frozen=True)
class ThreeClocks:
    """The reader's, the season's and the universal clock of one slot.

    `others` are those beside the reader's, without one that repeats its zone; `in_lines` has each in words in an
    indented line of its own, the reader's first. Of a slot that is held in `parts` these are the clocks of the first
    one that is held, and `in_lines` has all of them.
    """

    reader: Clock
    season: Clock
    utc: Clock
    others: list[Clock]
    in_lines: str
    parts: tuple["PartClocks", ...] = ()
    # "Part 2 of 3", of clocks that are those of a part.
    heading: str = ""

    @property
    def all(self) -> list[Clock]:
        return [self.reader, *self.others]

    @property
    def each(self) -> "tuple[PartClocks, ...]":
        """The parts, or the slot as its only one, without a name."""
        return self.parts or (PartClocks("", self, is_called_off=False),)

    @property
    def night(self) -> Clock | None:
        """The reader's clock where the slot is at night; of a slot in parts that of the first held part that is."""
        held = (part.clocks.reader for part in self.each if not part.is_called_off)
        return next((reader for reader in held if reader.is_at_night), None)

    @property
    def is_at_night(self) -> bool:
        return self.night is not None


@dataclass(frozen=True)
class PartClocks:
    """A part of a slot: "Part 1 of 2", and whether it alone is called off."""

    name: str
    clocks: ThreeClocks
    is_called_off: bool

    @property
    def heading(self) -> str:
        """Part 1 of 2, or Part 1 of 2: called off."""
        return _("%(part)s: called off") % {"part": self.name} if self.is_called_off else self.name


def three_clocks(starts_at: datetime, ends_at: datetime, *, reader_zone: str, season) -> ThreeClocks:
    """`season` gives the zone in which wall times are promised and the place that names its clock."""
    return _three_clocks(starts_at, ends_at, reader_zone, season.timezone, translations.words(season, "place"))


def kept_clocks(starts_at: datetime, ends_at: datetime, *, reader_zone: str, season) -> ThreeClocks:
    """As `three_clocks`, made once for all readers of a language and zone: pages are full of the same few slots."""
    language = get_language()
    return _kept_clocks(
        language, (starts_at, ends_at), reader_zone, season.timezone, translations.words(season, "place")
    )


@lru_cache(maxsize=2048)
def _kept_clocks(_language, start_and_end, reader_zone, season_zone, season_place) -> ThreeClocks:
    return _three_clocks(*start_and_end, reader_zone, season_zone, season_place)


def _three_clocks(starts_at, ends_at, reader_zone, season_zone, season_place) -> ThreeClocks:
    reader = on_clock(starts_at, ends_at, reader_zone, season_place if reader_zone == season_zone else "")
    season, utc = on_clock(starts_at, ends_at, season_zone, season_place), on_clock(starts_at, ends_at, UTC)
    others = [clock for clock in (season, utc) if clock.label != reader.label]
    lines = [_in_place(reader.line, _("your time")), *(clock.line for clock in others)]
    in_lines = indent("".join(f"{line}\n" for line in lines), "  ")
    return ThreeClocks(reader=reader, season=season, utc=utc, others=others, in_lines=in_lines)


def minutes_outside_office_hours(starts_at: datetime, ends_at: datetime, zone: str) -> int:
    """How far the slot lies from 10:00 to 17:00 on the wall clock of `zone`; 0 when it lies inside."""
    start = _minute_of_day(starts_at.astimezone(ZoneInfo(zones.usable(zone))))
    end = start + round((ends_at - starts_at) / timedelta(minutes=1))
    opens, closes = OFFICE_OPENS.hour * 60, OFFICE_CLOSES.hour * 60
    # A slot at 22:00 is 5 hours after closing, not 12 hours before the opening; so the neighbouring days count too.
    return min(max(0, opens - start - shift, end + shift - closes) for shift in (-MINUTES_A_DAY, 0, MINUTES_A_DAY))


def nearest_slot(occurrences, zone: str):
    """The slot closest to 10:00-17:00 in `zone`, the earlier of equals; None if there is none."""
    by_distance = sorted(
        occurrences, key=lambda slot: (minutes_outside_office_hours(slot.starts_at, slot.ends_at, zone), slot.starts_at)
    )
    return by_distance[0] if by_distance else None


def wall_time(naive: datetime, zone: str) -> datetime | None:
    """The instant at which the clock in `zone` shows `naive`; None in the gap of a clock change.

    Of the two instants of an overlap the first.
    """
    aware = naive.replace(tzinfo=ZoneInfo(zones.usable(zone)), fold=0)
    back = aware.astimezone(ZoneInfo(UTC)).astimezone(ZoneInfo(zones.usable(zone)))
    return aware.astimezone(ZoneInfo(UTC)) if back.replace(tzinfo=None) == naive else None


def as_typed(starts_at: datetime, ends_at: datetime, zone: str) -> dict[str, str]:
    """What a slot stores of the times that were typed for it, beside the instants: these move when rules change."""
    tz = ZoneInfo(zones.usable(zone))
    start, end = (f"{moment.astimezone(tz):%Y-%m-%dT%H:%M}" for moment in (starts_at, ends_at))
    return {"typed_start": start, "typed_end": end, "typed_zone": zone}


def is_ambiguous(naive: datetime, zone: str) -> bool:
    """Whether the clock in `zone` shows `naive` twice, because it is put back over it."""
    tz = ZoneInfo(zones.usable(zone))
    first, second = naive.replace(tzinfo=tz, fold=0), naive.replace(tzinfo=tz, fold=1)
    return first.utcoffset() > second.utcoffset()


def day_limits(day: date, zone: str) -> tuple[datetime, datetime]:
    """First instant of a local day and of the next one, in UTC; 22 hours apart (Troll in spring) to 26."""
    return _first_instant(day, zone), _first_instant(day + timedelta(days=1), zone)


def _first_instant(day: date, zone: str) -> datetime:
    # fold=0 in a gap at midnight uses the offset before it, which gives the very instant of the change.
    return datetime.combine(day, time(0), tzinfo=ZoneInfo(zones.usable(zone))).astimezone(ZoneInfo(UTC))


def _minute_of_day(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


def _touches_night(start: datetime, end: datetime) -> bool:
    return _is_night(start) or _is_night(end - timedelta(minutes=1))


def _is_night(moment: datetime) -> bool:
    return moment.time() >= NIGHT_BEGINS or moment.time() < NIGHT_ENDS
