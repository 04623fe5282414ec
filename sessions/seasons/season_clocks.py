"""What time it is in each of several seasons: most go by the true clock, a rehearsal that is ahead by its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from sessions.clocks import moment
from sessions.models import Season


@dataclass(frozen=True)
class Seasons:
    """Those that share a time: the `rehearsal` (id), or all but those that are `apart` (ids)."""

    rehearsal: int | None = None
    apart: frozenset[int] = frozenset()

    @property
    def are_real(self) -> bool:
        """Whether what belongs to no season goes with them."""
        return self.rehearsal is None

    def has(self, season_id) -> bool:
        return season_id not in self.apart if self.are_real else season_id == self.rehearsal

    def among(self, rows: QuerySet, season: str) -> QuerySet:
        """The rows of these seasons, to which `season` leads; a row of none is with the real ones."""
        return rows if self == ALL else rows.filter(self.where(season))

    def none_or(self, rows: QuerySet) -> QuerySet:
        """Rows that belong to no season."""
        return rows if self.are_real else rows.none()

    def where(self, season: str) -> Q:
        return ~Q(**{f"{season}__in": self.apart}) if self.are_real else Q(**{season: self.rehearsal})


ALL = Seasons()


def every(at: datetime | None = None) -> list[tuple[datetime, Seasons]]:
    """At this true moment, the present one by default. The true time comes first; tasks do their work once for each."""
    true = at or moment.now()
    ahead = list(Season.objects.filter(clock_ahead__gt=timedelta()).order_by("pk"))
    own = [(moment.of(season, true), Seasons(rehearsal=season.pk)) for season in ahead]
    return [(true, Seasons(apart=frozenset(season.pk for season in ahead))), *own]


def where(season: str, condition: Callable[[datetime], Q], clocks: list | None = None) -> Q:
    """The condition with the time of each row's season, to which `season` leads; `clocks` are those of `every`."""
    (true, real), *own = clocks or every()
    found = condition(true) & real.where(season) if own else condition(true)
    for now, seasons in own:
        found |= condition(now) & seasons.where(season)
    return found


def of_rows(rows: QuerySet, season: str) -> set[datetime]:
    """The times of the seasons of these rows; the true one where there are no rows."""
    now, ahead = moment.now(), rows.order_by().values_list(f"{season}__clock_ahead", flat=True).distinct()
    return {now + each for each in ahead} or {now}


def of_row(rows: QuerySet, season: str) -> datetime:
    """The time that the seasons of these rows share, as those of one row."""
    return max(of_rows(rows, season))
