"""Tables of the same finest rows, and what could be otherwise in them while nothing that is shown differs."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from registrations.figures.tables import FEWEST

# Follows `came` wherever that is hidden; nothing else is known of it.
FOLLOWS = "seconds"


class Cell(NamedTuple):
    """One number of a table: in the row of this key, in this column."""

    kind: str
    key: str
    column: str


@dataclass(frozen=True)
class Move:
    """Some finest rows have one more and as many have one fewer, in the same columns: `changes` of each number.

    `shown` are those of them that others still see, and that would have to be hidden.
    """

    changes: dict[Cell, int]
    shown: frozenset[Cell]
    cost: tuple

    @property
    def hides_no_sum(self) -> bool:
        return not self.cost[0]

    @property
    def hides_nothing(self) -> bool:
        return not self.shown


class Family:
    """A table of finest rows, such as countries, with the tables that are sums of them, such as regions.

    `values` are the known numbers; `hidden` are those that others do not see.
    """

    def __init__(self, finest, coarser, published):
        self.finest, self.tables = finest, [finest, *coarser]
        self.columns = [column for column in finest.columns if column != FOLLOWS]
        self.totals = dict(zip(finest.columns, finest.total.values, strict=True))
        known = [cells(table).items() for table in self.tables]
        self.values = {cell: number for found in known for cell, number in found if number is not None}
        self.orders = {table.kind: self._orders(table) for table in self.tables}
        self.rows_with = self._rows_with()
        self.published = {cell: number for table in published for cell, number in cells(table).items()}
        self.hidden, self.withheld = set(), set()

    def _orders(self, table) -> list[tuple[str, str]]:
        """Pairs of columns of which the first is nowhere more than the second; who reads the table may know that."""
        rows = [dict(zip(table.columns, row.values, strict=True)) for row in table.rows]
        pairs = [(low, high) for low in self.columns for high in self.columns if low != high]
        return [pair for pair in pairs if all(_is_ordered(row, *pair) for row in rows)]

    def _rows_with(self) -> dict[str, list[tuple[str, str]]]:
        """For each finest row the kinds and keys of all rows that count it."""
        found = {row.key: [(self.finest.kind, row.key)] for row in self.finest.rows}
        for table in self.tables[1:]:
            for row in table.rows:
                for part in set(row.parts) & set(found):
                    found[part].append((table.kind, row.key))
        return found

    def finest_rows(self, cell) -> list[str]:
        return [key for key, rows in self.rows_with.items() if (cell.kind, cell.key) in rows]

    def limits(self, cell) -> tuple[int, int]:
        """What somebody who knows the rules knows of a hidden number, even why it is hidden."""
        value, most = self.values[cell], self.totals[cell.column] or 0
        if cell.column in self.withheld:
            return 0, most
        low, high = (FEWEST, max(most, value)) if value >= FEWEST else (min(1, value), FEWEST - 1)
        before = self.published.get(cell, 0)
        if before is not None and self.published and abs(value - before) < FEWEST:
            return max(low, before - FEWEST + 1), min(high, before + FEWEST - 1)
        return low, high

    def move(self, numbers, more, fewer, column) -> Move | None:
        """One more in each finest row of `more`, one fewer in those of `fewer`: in `column`, and where that needs it.

        `numbers` are what is assumed; None where the numbers could not stand together after it.
        """
        columns = self._moved(numbers, more, fewer, column)
        rows = Counter(row for key in more for row in self.rows_with[key])
        rows.subtract(row for key in fewer for row in self.rows_with[key])
        changes = {Cell(*row, moved): by for row, by in rows.items() if by for moved in columns}
        if not all(cell in numbers and self._may_be(cell, numbers[cell] + by) for cell, by in changes.items()):
            return None
        if self._mixes_ages(changes) or not all(self._is_in_order(numbers, changes, *item) for item in rows.items()):
            return None
        if not all(self._has_room(numbers, changes, row, key) for key in more for row in self.rows_with[key]):
            return None
        shown = frozenset(cell for cell in changes if cell not in self.hidden)
        return Move(changes, shown, self._cost(shown))

    def _moved(self, numbers, more, fewer, column) -> list[str]:
        """Whoever came was confirmed: where as many came as were confirmed, both change."""
        columns = [column]
        for moved in columns:
            for low, high in self.orders[self.finest.kind]:
                if (
                    moved == low
                    and high not in columns
                    and any(self._are_equal(numbers, key, low, high) for key in more)
                ):
                    columns.append(high)
                if (
                    moved == high
                    and low not in columns
                    and any(self._are_equal(numbers, key, low, high) for key in fewer)
                ):
                    columns.append(low)
        return columns

    def signature(self, key, column) -> frozenset:
        """The coarser rows with that finest row whose number is shown."""
        return frozenset(row for row in self.rows_with[key][1:] if Cell(*row, column) not in self.hidden)

    def can_be(self, numbers, key, column, by) -> bool:
        """Whether that much more could stand in the finest row."""
        cell = Cell(self.finest.kind, key, column)
        return cell in numbers and self._may_be(cell, numbers[cell] + by)

    def _are_equal(self, numbers, key, low, high) -> bool:
        found = [numbers.get(Cell(self.finest.kind, key, column)) for column in (low, high)]
        return None not in found and found[0] == found[1]

    def _may_be(self, cell, number) -> bool:
        """Whether it can be hidden, and that number stand for it; 0 is shown."""
        if cell not in self.hidden and not self.values[cell]:
            return False
        low, high = self.limits(cell)
        return low <= number <= high

    def _mixes_ages(self, changes) -> bool:
        """Who thinks that what was hidden before stayed as it was must learn nothing of what was shown before."""
        return len({cell in self.published and self.published[cell] is None for cell in changes}) > 1

    def _is_in_order(self, numbers, changes, row, by) -> bool:
        if not by:
            return True
        after = {column: self._after(numbers, changes, Cell(*row, column)) for column in self.columns}
        return all(_is_ordered(after, *pair) for pair in self.orders[row[0]])

    def _has_room(self, numbers, changes, row, more) -> bool:
        """No part has more than the row, whose people may be in several of its parts."""
        for cell in changes:
            if (cell.kind, cell.key) == (self.finest.kind, more):
                whole = self._after(numbers, changes, Cell(*row, cell.column))
                if whole is not None and numbers[cell] + 1 > whole:
                    return False
        return True

    @staticmethod
    def _after(numbers, changes, cell) -> int | None:
        return numbers[cell] + changes.get(cell, 0) if cell in numbers else None

    def _cost(self, shown) -> tuple[int, int, int]:
        """Sums are hidden last; then numbers in rows where nothing is hidden yet; then the larger numbers."""
        sums = sum(cell.kind != self.finest.kind for cell in shown)
        rows = {cell[:2] for cell in shown} - {cell[:2] for cell in self.hidden}
        return sums, len(rows), sum(self.values[cell] for cell in shown)


def families(tables, published) -> list[Family]:
    """Tables together with those that they are sums of; `published` are tables by kind."""
    by_kind = {table.kind: table for table in tables}
    found = []
    for table in tables:
        if table.finer in by_kind:
            continue
        coarser = [other for other in tables if other.finer == table.kind]
        before = [published[one.kind] for one in (table, *coarser) if one.kind in published]
        found.append(Family(table, coarser, before))
    return found


def cells(table) -> dict[Cell, int | None]:
    return {
        Cell(table.kind, row.key, column): number
        for row in table.rows
        for column, number in zip(table.columns, row.values, strict=True)
        if column != FOLLOWS
    }


def _is_ordered(numbers, low, high) -> bool:
    """True where one of them is not known."""
    found = numbers.get(low), numbers.get(high)
    return None in found or found[0] <= found[1]
