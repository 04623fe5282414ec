"""Figures of a season are stored while its people are known; from then on they are what every page shows."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from registrations import audit
from registrations.figures import as_json, hiding
from registrations.figures.names import BY_SESSION, Names, names_of
from registrations.figures.tables import Table
from registrations.models import Figures
from sessions.models import Season

# In the cells of a table, where they differ: the same of the sessions that everybody could see.
PUBLIC = "public"


class FinalAlready(Exception):
    """Others have these figures: with other ones of the season they could compute what both hide."""


class PublishedAlready(Exception):
    """Everybody sees them."""


class NothingStored(Exception):
    """There is nothing to publish."""


class StoredMeanwhile(Exception):
    """Other figures are stored than those that were looked at."""


class NotForEverybody(Exception):
    """The season is a draft or a rehearsal."""


class HiddenSince(Exception):
    """A session that counts in them for others is not published any more."""


class NotPublished(Exception):
    """There is nothing to take back."""


@dataclass(frozen=True)
class Kept:
    """What was stored together. `published_at` stays when it was taken back.

    `public` are the same tables of the sessions that everybody could see then; `shown` are these as others see them,
    None until the figures are final.
    """

    taken_at: datetime
    published_at: datetime | None
    tables: tuple[Table, ...]
    public: tuple[Table, ...]
    names: Names
    shown: tuple[Table, ...] | None = None
    taken_back_at: datetime | None = None

    @property
    def is_final(self) -> bool:
        """Whether others may have them, so that they are never stored again."""
        return self.shown is not None

    @property
    def is_public(self) -> bool:
        return bool(self.published_at and not self.taken_back_at)


def kept(season) -> Kept | None:
    """The figures that count; None where none were stored, and pages show what is counted now."""
    stored = list(Figures.objects.that_count(season).order_by("pk"))
    if not stored:
        return None
    first, cells = stored[0], {figures.kind: figures.cells for figures in stored}
    shown = tuple(as_json.read(each.kind, each.shown) for each in stored if each.shown)
    return Kept(
        first.taken_at,
        first.published_at,
        tables=tuple(as_json.read(kind, each) for kind, each in cells.items()),
        public=tuple(as_json.read(kind, each.get(PUBLIC, each)) for kind, each in cells.items()),
        names=Names(
            {kind: as_json.names(each) for kind, each in cells.items() if each["names"]},
            {kind: each["title"] for kind, each in cells.items() if each["title"]},
        ),
        shown=shown or None,
        taken_back_at=first.taken_back_at,
    )


def public(season) -> Kept | None:
    """The figures that everybody sees, small numbers hidden as on the day when they became final."""
    found = kept(season)
    return found if found and found.is_public else None


def for_others(kept) -> list[Table]:
    """The tables as others see them, or would if these figures were final."""
    return list(kept.shown) if kept.is_final else hiding.for_others(kept.public)


@transaction.atomic
def keep(season, tables, *, now, public=None, by=None) -> Kept:
    """Store these tables as the figures of the season, in place of any stored before. Raises FinalAlready.

    `public` are the same of the sessions alone that everybody can see, where there are others. Locks the season; who
    counted them in the same transaction has the slots of the season locked.
    """
    Season.objects.locked().get(pk=season.pk)
    before = kept(season)
    if before and before.is_final:
        raise FinalAlready
    names = names_of(season)
    Figures.objects.bulk_create(
        Figures(season=season, kind=table.kind, taken_at=now, cells=_cells(table, of_public, names))
        for table, of_public in zip(tables, public or tables, strict=True)
    )
    audit.record("figures-stored", season, by=by)
    return kept(season)


def _cells(table, public, names) -> dict:
    cells = as_json.write(table, names)
    return cells if public == table else cells | {PUBLIC: as_json.write(public, names)}


@transaction.atomic
def make_final(season, *, by=None) -> Kept:
    """From now on others may have the stored figures, which are never stored again. Locks the season.

    What is hidden in them is never found anew: two answers could tell together what each of them hides. Raises
    NothingStored or HiddenSince.
    """
    season = Season.objects.locked().get(pk=season.pk)
    stored = kept(season)
    if stored is None:
        raise NothingStored
    if not stored.is_final:
        _store_shown(season, stored)
        audit.record("figures-made-final", season, by=by)
    return kept(season)


def _store_shown(season, stored):
    hidden = {str(pk) for pk in season.sessions.filter(is_published=False).values_list("pk", flat=True)}
    if any(row.key in hidden for table in stored.public if table.kind == BY_SESSION for row in table.rows):
        raise HiddenSince
    rows = Figures.objects.filter(season=season, taken_at=stored.taken_at)
    for table in hiding.for_others(stored.public):
        rows.filter(kind=table.kind).update(shown=as_json.write(table, stored.names))


@transaction.atomic
def publish(season, *, now, by=None, taken_at=None):
    """Let everybody see the stored figures, those of `taken_at`, without small numbers. Locks the season.

    They are final with it, even if they are taken back. Raises NotForEverybody, NothingStored, PublishedAlready,
    StoredMeanwhile or HiddenSince.
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
    if not stored.is_final:
        _store_shown(season, stored)
    rows = Figures.objects.filter(season=season, taken_at=stored.taken_at)
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
