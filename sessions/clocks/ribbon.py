"""The picture of a day: the reader's 24 hours, by night and by day, with the slot on them."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sessions.clocks.wall_clock import Clock, day_limits

WIDTH = 240
TICK_HOURS = (6, 12, 18)
# Where the light of the day changes on the wall clock, and what begins there.
LIGHTS = ((time(0), "night"), (time(8), "day"), (time(10), "office"), (time(17), "day"), (time(19), "night"))


@dataclass(frozen=True)
class Band:
    """A stretch of the ribbon, in units of which the whole day has `WIDTH`."""

    x: float
    width: float
    light: str = ""


@dataclass(frozen=True)
class Tick:
    hour: int
    x: float

    @property
    def x_from_the_right(self) -> float:
        """Where time runs from the right: the picture is turned round, its figures are not."""
        return round(WIDTH - self.x, 1)


@dataclass(frozen=True)
class Ribbon:
    """`hours` is 24, or 22 to 26 on the day of a clock change; `runs_on`: the slot ends on the next day."""

    bands: tuple[Band, ...]
    ticks: tuple[Tick, ...]
    slot: Band
    hours: float
    runs_on: bool


def ribbon(clock: Clock) -> Ribbon:
    """The local day on which the slot starts, drawn by elapsed time: a clock change shifts its hours."""
    begins, ends = day_limits(clock.starts_at.date(), clock.zone)
    place = _Scale(begins, ends, clock.zone)
    edges = [place.of_wall_time(at) for at, _light in LIGHTS[1:]]
    starts, stops = [0, *edges], [*edges, WIDTH]
    bands = tuple(
        Band(x, round(stop - x, 1), light) for x, stop, (_at, light) in zip(starts, stops, LIGHTS, strict=True)
    )
    slot_start, slot_end = place.of(clock.starts_at), min(place.of(clock.ends_at), WIDTH)
    return Ribbon(
        bands=bands,
        ticks=tuple(Tick(hour, place.of_wall_time(time(hour))) for hour in TICK_HOURS),
        slot=Band(slot_start, round(slot_end - slot_start, 1)),
        hours=(ends - begins) / timedelta(hours=1),
        runs_on=clock.ends_at > ends,
    )


@dataclass(frozen=True)
class _Scale:
    begins: datetime
    ends: datetime
    zone: str

    def of(self, moment: datetime) -> float:
        return round(WIDTH * ((moment - self.begins) / (self.ends - self.begins)), 1)

    def of_wall_time(self, at: time) -> float:
        day = self.begins.astimezone(ZoneInfo(self.zone)).date()
        return self.of(datetime.combine(day, at, tzinfo=ZoneInfo(self.zone)))
