"""Figures of a season are stored while its people are known; from then on they are what every page shows."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from registrations import audit
from registrations.figures import as_json, hiding
from registrations.figures.names import Names, names_of
from registrations.figures.tables import Table
from registrations.models import Figures
from sessions.models import Season


class PublishedAlready(Exception):
    """Other figures of the season than those that were published would contradict them."""


class NothingStored(Exception):
    """There is nothing to publish."""


class StoredMeanwhile(Exception):
    """Other figures are stored than those that were looked at."""


class NotForEverybody(Exception):
    """The season is a draft or a rehearsal."""


class NotPublished(Exception):
    """There is nothing to take back."""


@dataclass(frozen=True)
class Kept:
    """What was stored together. `published_at` stays when it was taken back."""

    taken_at: datetime
    published_at: datetime | None
    tables: tuple[Table, ...]
    names: Names
    taken_back_at: datetime | None = None

    @property
    def is_public(self) -> bool:
        return bool(self.published_at and not self.taken_back_at)


def kept(season) -> Kept | None:
    """The figures that count; None where none were stored, and pages show what is counted now."""
    stored = list(Figures.objects.that_count(season).order_by("pk"))
    return _kept(stored, [figures.cells for figures in stored])


def public(season) -> Kept | None:
    """The figures that everybody sees, small numbers hidden as on the day when they were published."""
    found = _seen(season)
    return found if found and found.is_public else None


def for_others(season, tables) -> list[Table]:
    """Tables of the season as others may see them: those that were published, also if they were taken back since."""
    found = _seen(season)
    return list(found.tables) if found else hiding.for_others(tables)


def _seen(season) -> Kept | None:
    stored = list(Figures.objects.that_count(season).exclude(shown=None).order_by("pk"))
    return _kept(stored, [figures.shown for figures in stored])


def _kept(stored, cells) -> Kept | None:
    if not stored:
        return None
    kinds = [figures.kind for figures in stored]
    names = Names(
        {kind: as_json.names(each) for kind, each in zip(kinds, cells, strict=True) if each["names"]},
        {kind: each["title"] for kind, each in zip(kinds, cells, strict=True) if each["title"]},
    )
    tables = tuple(as_json.read(kind, each) for kind, each in zip(kinds, cells, strict=True))
    first = stored[0]
    return Kept(first.taken_at, first.published_at, tables, names, first.taken_back_at)


@transaction.atomic
def keep(season, tables, *, now, by=None) -> Kept:
    """Store these tables as the figures of the season, in place of any stored before. Raises PublishedAlready.

    Locks the season; who counted them in the same transaction has the slots of the season locked.
    """
    Season.objects.locked().get(pk=season.pk)
    before = kept(season)
    if before and before.published_at:
        raise PublishedAlready
    names = names_of(season)
    Figures.objects.bulk_create(
        Figures(season=season, kind=table.kind, taken_at=now, cells=as_json.write(table, names)) for table in tables
    )
    audit.record("figures-stored", season, by=by)
    return kept(season)


@transaction.atomic
def publish(season, *, now, by=None, taken_at=None):
    """Let everybody see the stored figures, those of `taken_at`, without small numbers. Locks the season.

    They are never stored again, even if they are taken back, and what is hidden in them is never found anew: two
    answers could tell together what each of them hides. Raises NotForEverybody, NothingStored, PublishedAlready or
    StoredMeanwhile.
    """
    season = Season.objects.locked().get(pk=season.pk)
    stored = kept(season)
    if not season.is_published or season.is_rehearsal:
        raise NotForEverybody
    if stored is None:
        raise NothingStored
    if stored.is_public:
        raise PublishedAlready
    if taken_at not in (None, stored.taken_at):
        raise StoredMeanwhile
    rows = Figures.objects.filter(season=season, taken_at=stored.taken_at)
    if not stored.published_at:
        for table in hiding.for_others(stored.tables):
            rows.filter(kind=table.kind).update(shown=as_json.write(table, stored.names.for_others()))
    rows.update(published_at=stored.published_at or now, taken_back_at=None)
    audit.record("figures-published", season, by=by)


@transaction.atomic
def take_back(season, *, now, by=None):
    """Nobody but staff sees the figures from now on; who has seen them has seen them. Raises NotPublished."""
    Season.objects.locked().get(pk=season.pk)
    stored = kept(season)
    if stored is None or not stored.is_public:
        raise NotPublished
    Figures.objects.filter(season=season, taken_at=stored.taken_at).update(taken_back_at=now)
    audit.record("figures-taken-back", season, by=by)
