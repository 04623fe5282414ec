"""Figures are counted until a season is over and its figures are stored; from then on pages show what was stored."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from registrations.figures import counting, hiding, keeping
from registrations.figures.keeping import Kept
from registrations.figures.names import Names, names_of
from registrations.figures.tables import Table
from registrations.models import Figures
from sessions.models import Occurrence, Season
from sessions.seasons import season_days


class TooEarly(Exception):
    """A time slot of the season is still to come, or it has none."""


class TooLate(Exception):
    """The details of its people are being removed: what is counted now would say less than what is stored."""


@dataclass(frozen=True)
class SeasonFigures:
    """`kept` is None where they were counted now; `until` is the moment up to which they tell of the season.

    `public` are the tables of the sessions alone that everybody can see.
    """

    tables: tuple[Table, ...]
    public: tuple[Table, ...]
    names: Names
    until: datetime
    kept: Kept | None = None

    @property
    def is_final(self) -> bool:
        return self.kept is not None and self.kept.is_final


def figures_of(season, *, now) -> SeasonFigures:
    """What pages show of a season: its stored figures, or what is counted now where none are stored."""
    if kept := keeping.kept(season):
        return SeasonFigures(kept.tables, kept.public, kept.names, kept.taken_at, kept)
    counted = counting.both(season, now=now)
    return SeasonFigures(counted.tables, counted.public, names_of(season), now)


def for_others(found) -> list[Table]:
    """The tables of these figures as others see them, or would if they were final."""
    return hiding.for_others(found.public) if found.kept is None else keeping.for_others(found.kept)


def is_over(season, now) -> bool:
    """Whether figures of it can be stored: it has time slots, and all that are held have ended."""
    slots = Occurrence.objects.filter(session__season=season)
    return slots.exists() and not slots.upcoming(now).exists()


@transaction.atomic
def store(*, season_id, now, by=None) -> Kept:
    """Count the season and keep it, in place of what was stored before.

    Locks the slots of the season and the season. Raises TooEarly, TooLate, or FinalAlready of keeping.
    """
    list(Occurrence.objects.filter(session__season=season_id).locked().values_list("pk"))
    season = Season.objects.locked().get(pk=season_id)
    if not is_over(season, now):
        raise TooEarly
    if is_past_term(season, now) and keeping.kept(season):
        raise TooLate
    return _keep(season, now, by)


def is_past_term(season, now) -> bool:
    return bool(season_days.ended(Season.objects.filter(pk=season.pk), now=now, days=settings.DATA_TERM_DAYS))


def store_first(seasons, *, now):
    """Keep the figures of those of these seasons that have none, before details of their people go.

    Inside a transaction that has locked the slots of the seasons; locks the seasons.
    """
    stored = Figures.objects.filter(season__in=seasons).values("season")
    for season in Season.objects.filter(pk__in=seasons).exclude(pk__in=stored).locked():
        # Who came while this one waited for the lock has stored them.
        if keeping.kept(season) is None:
            _keep(season, now, None)


def _keep(season, now, by) -> Kept:
    counted = counting.both(season, now=now)
    return keeping.keep(season, counted.tables, public=counted.public, now=now, by=by)
