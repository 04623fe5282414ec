"""Figures of a season are stored while its people are known; from then on they are what every page shows."""

from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from django.db import transaction
from django.utils.dateparse import parse_datetime

from registrations import audit
from registrations.figures import hiding
from registrations.figures.tables import Row, Table
from registrations.models import Figures
from sessions.models import Occurrence, Question, Season, Session, Stream

# Kinds of tables whose keys are ids of rows that may change or go.
BY_SESSION, BY_SLOT, BY_STREAM = "session", "slot", "stream"
# Before the id of a question: the kind of a table whose keys are answers.
BY_QUESTION = "question-"


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
class Name:
    """What a row was called when its table was stored: a session or stream, or a slot with its times.

    `is_closed` where the session was by invitation or not published; for others it has no title then.
    """

    title: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    is_called_off: bool = False
    is_closed: bool = False


@dataclass(frozen=True)
class Names:
    """`rows` are by kind of table and key; `tables` are the words of questions, by kind."""

    rows: dict[str, dict[str, Name]] = field(default_factory=dict)
    tables: dict[str, str] = field(default_factory=dict)

    def for_others(self):
        """Without the titles and times of sessions that are in no public list."""
        rows = {
            kind: {key: Name(is_closed=True) if name.is_closed else name for key, name in names.items()}
            for kind, names in self.rows.items()
        }
        return replace(self, rows=rows)


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
        {kind: _names(each) for kind, each in zip(kinds, cells, strict=True) if each["names"]},
        {kind: each["title"] for kind, each in zip(kinds, cells, strict=True) if each["title"]},
    )
    tables = tuple(_table(kind, each) for kind, each in zip(kinds, cells, strict=True))
    first = stored[0]
    return Kept(first.taken_at, first.published_at, tables, names, first.taken_back_at)


def names_of(season) -> Names:
    """What sessions, time slots, streams and questions of the season are called today."""
    sessions = Session.objects.filter(season=season)
    streams = Stream.objects.filter(season=season).values_list("pk", "title")
    slots = Occurrence.objects.filter(session__season=season).select_related("session")
    questions = Question.objects.in_season(season).values_list("pk", "words")
    return Names(
        {
            BY_SESSION: {str(session.pk): Name(session.title, is_closed=_is_closed(session)) for session in sessions},
            BY_SLOT: {str(slot.pk): _name_of_slot(slot) for slot in slots},
            BY_STREAM: {str(pk): Name(title) for pk, title in streams},
        },
        {f"{BY_QUESTION}{pk}": words for pk, words in questions},
    )


def _name_of_slot(slot) -> Name:
    return Name(slot.session.title, slot.starts_at, slot.ends_at, slot.is_called_off, _is_closed(slot.session))


def _is_closed(session) -> bool:
    return session.is_by_invitation or not session.is_published


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
        Figures(season=season, kind=table.kind, taken_at=now, cells=_cells(table, names)) for table in tables
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
            rows.filter(kind=table.kind).update(shown=_cells(table, stored.names.for_others()))
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


def _cells(table, names) -> dict:
    """As stored, with what those of its rows are called that have names."""
    called = names.rows.get(table.kind, {})
    return {
        "columns": list(table.columns),
        "rows": [_stored_row(row) for row in table.rows],
        "total": _stored_row(table.total),
        "finer": table.finer,
        "title": names.tables.get(table.kind, ""),
        "names": {row.key: _stored_name(called[row.key]) for row in table.rows if row.key in called},
    }


def _stored_row(row) -> list:
    return [row.key, list(row.values), list(row.parts)]


def _stored_name(name) -> dict:
    known = {what: value for what, value in asdict(name).items() if value}
    return {what: value.isoformat() if isinstance(value, datetime) else value for what, value in known.items()}


def _table(kind, cells) -> Table:
    rows = tuple(_row(row) for row in cells["rows"])
    return Table(kind, tuple(cells["columns"]), rows, _row(cells["total"]), cells["finer"])


def _row(stored) -> Row:
    key, values, parts = stored
    return Row(key, tuple(values), tuple(parts))


def _names(cells) -> dict[str, Name]:
    return {key: _name(**stored) for key, stored in cells["names"].items()}


def _name(title="", *, is_called_off=False, is_closed=False, **moments) -> Name:
    found = {what: parse_datetime(moment) for what, moment in moments.items()}
    return Name(title, **found, is_called_off=is_called_off, is_closed=is_closed)
