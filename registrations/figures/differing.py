"""What stored figures lack: how they would come out if they were counted now."""

from dataclasses import dataclass

from registrations.figures import counting, keeping, naming, storing
from registrations.figures.names import BY_SESSION, BY_SLOT, BY_STREAM, names_of
from registrations.models import Participant

OF_PROGRAMME = (BY_SESSION, BY_SLOT, BY_STREAM, "week")
# Whom it counts can no more be told once details are erased, in the season or in earlier ones.
NEWCOMERS = "first_time"


@dataclass(frozen=True)
class Difference:
    """`kinds` are those of the tables that would differ; `whole` are pairs of a stored and a counted number by column.

    `whole` has those numbers of the whole season alone that differ.
    """

    kinds: tuple[str, ...]
    whole: dict[str, tuple[int | None, int | None]]


def since_stored(season, *, now) -> Difference | None:
    """None where nothing is stored, nothing would differ, or nothing can be stored any more.

    That people were erased is no reason to store again: stored figures have them on purpose.
    """
    kept = keeping.kept(season)
    if kept is None or kept.is_final or storing.is_past_term(season, now):
        return None
    counted = counting.both(season, now=now)
    lost = _Lost(season, kept.taken_at)
    kinds = [table.kind for table in counted.tables if not lost.explains(kept.tables, counted.tables, table.kind)]
    kinds += [table.kind for table in counted.public if not lost.explains(kept.public, counted.public, table.kind)]
    kinds += [table.kind for table in kept.tables if not _is_named_as_then(table, kept.names, names_of(season))]
    kinds += {table.kind for table in kept.tables} - {table.kind for table in counted.tables}
    if not kinds:
        return None
    return Difference(tuple(dict.fromkeys(kinds)), _whole(kept.tables, counted.tables, lost))


class _Lost:
    """What erasing took from the figures since they were stored."""

    def __init__(self, season, taken_at):
        erased = Participant.objects.filter(anonymised_at__gt=taken_at)
        self.in_season = erased.filter(season=season).exists()
        self.newcomers = self.in_season or erased.filter(season__starts_on__lt=season.starts_on).exists()

    def explains(self, stored, counted, kind) -> bool:
        """Whether the table is as it was stored, but for what erasing takes."""
        before, now = (next((each for each in tables if each.kind == kind), None) for tables in (stored, counted))
        if before is None:
            return not now.rows
        if kind in OF_PROGRAMME or not self.in_season:
            return self._all_of(before) == self._all_of(now)
        rows, rows_now = (self._rows(table) for table in (before, now))
        return all(_may_be_erased(key, rows.get(key, {}), rows_now.get(key, {})) for key in {*rows, *rows_now})

    def _all_of(self, table) -> tuple:
        parts = {row.key: frozenset(row.parts) for row in table.rows}
        return self._rows(table), self.cell(table, table.total), parts

    def cell(self, table, row) -> dict:
        cell = dict(zip(table.columns, row.values, strict=True))
        return {column: number for column, number in cell.items() if not (self.newcomers and column == NEWCOMERS)}

    def _rows(self, table) -> dict[str, dict]:
        return {row.key: self.cell(table, row) for row in table.rows}


def _may_be_erased(key, before, now) -> bool:
    """Erasing empties what people said and removes their answers: rows lose, but for those of nothing known."""
    columns = before.keys() | now.keys()
    changes = [(now.get(column) or 0) - (before.get(column) or 0) for column in columns]
    return min(changes, default=0) >= 0 if key in naming.OF_NO_GROUP else max(changes, default=0) <= 0


def _is_named_as_then(table, then, now) -> bool:
    """What is gone has no name now, and differs as a row."""
    if then.tables.get(table.kind) != now.tables.get(table.kind):
        return False
    called = now.rows.get(table.kind, {})
    return all(called.get(key, name) == name for key, name in then.rows.get(table.kind, {}).items())


def _whole(stored, counted, lost) -> dict:
    cells = []
    for tables in (stored, counted):
        [table] = [table for table in tables if table.kind == BY_SESSION]
        cells.append(lost.cell(table, table.total))
    before, now = cells
    return {column: (before[column], now[column]) for column in before if before[column] != now[column]}
