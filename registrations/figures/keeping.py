"""Figures of a season are stored while its people are known; from then on they are what every page shows."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.dateparse import parse_datetime

from registrations import audit
from registrations.figures.tables import Row, Table
from registrations.models import Figures
from sessions.models import Occurrence, Season, Session, Stream

# Kinds of tables whose keys are ids of rows that may change or go.
BY_SESSION, BY_SLOT, BY_STREAM = "session", "slot", "stream"


class PublishedAlready(Exception):
    """Other figures of the season than those that were published would contradict them."""


class NothingStored(Exception):
    """There is nothing to publish."""


@dataclass(frozen=True)
class Name:
    """What a row was called when its table was stored: a session or stream, or a slot with its times."""

    title: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True)
class Kept:
    """What was stored together; `names` are those of `names_of`."""

    taken_at: datetime
    published_at: datetime | None
    tables: tuple[Table, ...]
    names: dict[str, dict[str, Name]]


def kept(season) -> Kept | None:
    """The figures that count; None where none were stored, and pages show what is counted now."""
    stored = list(Figures.objects.that_count(season).order_by("pk"))
    if not stored:
        return None
    return Kept(
        stored[0].taken_at,
        stored[0].published_at,
        tuple(_table(figures.kind, figures.cells) for figures in stored),
        {figures.kind: _names(figures.cells) for figures in stored},
    )


def names_of(season) -> dict[str, dict[str, Name]]:
    """By kind of table and by key, what its rows are called today: sessions, time slots and streams."""
    sessions = Session.objects.filter(season=season).values_list("pk", "title")
    streams = Stream.objects.filter(season=season).values_list("pk", "title")
    slots = Occurrence.objects.filter(session__season=season)
    with_times = slots.values_list("pk", "session__title", "starts_at", "ends_at")
    return {
        kind: {str(pk): Name(*name) for pk, *name in rows}
        for kind, rows in ((BY_SESSION, sessions), (BY_SLOT, with_times), (BY_STREAM, streams))
    }


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
        Figures(season=season, kind=table.kind, taken_at=now, cells=_cells(table, names.get(table.kind, {})))
        for table in tables
    )
    audit.record("figures-stored", season, by=by)
    return kept(season)


@transaction.atomic
def publish(season, *, now, by=None):
    """Let everybody see the stored figures, for good. Locks the season. Raises NothingStored or PublishedAlready."""
    Season.objects.locked().get(pk=season.pk)
    stored = kept(season)
    if stored is None:
        raise NothingStored
    if stored.published_at:
        raise PublishedAlready
    Figures.objects.filter(season=season, taken_at=stored.taken_at).update(published_at=now)
    audit.record("figures-published", season, by=by)


def _cells(table, names) -> dict:
    """As stored: lists, and the names that may change; `names` has no key that is not in the table."""
    known = {row.key: names[row.key] for row in table.rows if row.key in names}
    return {
        "columns": list(table.columns),
        "rows": [_stored(row) for row in table.rows],
        "total": _stored(table.total),
        "finer": table.finer,
        "names": {key: [name.title, *_moments(name)] for key, name in known.items()},
    }


def _moments(name) -> list[str]:
    return [moment.isoformat() for moment in (name.starts_at, name.ends_at) if moment]


def _table(kind, cells) -> Table:
    rows = tuple(_row(row) for row in cells["rows"])
    return Table(kind, tuple(cells["columns"]), rows, _row(cells["total"]), cells["finer"])


def _stored(row) -> list:
    return [row.key, list(row.values), list(row.parts)]


def _row(stored) -> Row:
    key, values, parts = stored
    return Row(key, tuple(values), tuple(parts))


def _names(cells) -> dict[str, Name]:
    return {key: Name(title, *map(parse_datetime, moments)) for key, (title, *moments) in cells["names"].items()}
