"""Small numbers are hidden before figures leave the Secretariat, and whatever else would let them be computed.

A hidden number is safe when others could stand in its place and nothing that is shown would differ. `hide` finds such
others: one person fewer in one row and one more in another, with every sum as it is (decision 0068).
"""

from dataclasses import replace
from functools import lru_cache

from registrations.figures import exchanges
from registrations.figures.families import FOLLOWS, Cell, families
from registrations.figures.tables import BY_COUNTRY, BY_GROUP, FEWEST, Row
from sessions.reference import regional_groups

# Where fewer people than that are in a row, none of its numbers is shown.
WHOLE_ROW = ("registered", "people")
IN_NO_GROUP = ("", regional_groups.OBSERVERS, regional_groups.NONE)
# Slots have lengths that everybody knows: their seconds would tell of hidden people who stayed to the end.
PROGRAMME = "slot"
# What others get tables of. Countries are put together in one way besides the lists of SIDS, LDC and LLDC: with
# regions as well, many a country is alone in its region and its group, and large sums would be hidden for it. Answers
# to questions stay with staff.
PUBLIC_KINDS = (
    *("session", "slot", "stream", "week"),
    *(BY_GROUP, BY_COUNTRY, "sids-ldc", "party", "stakeholder", "language"),
)


class TooSmallADifference(Exception):
    """A total differs by one to four from the one that was published, which would tell of single people."""


def for_others(tables) -> list:
    """Those tables that others may have, as they may see them: the same for whatever leaves the Secretariat."""
    return list(_hidden(tuple(in_rows_of_others(table) for table in tables if table.kind in PUBLIC_KINDS)))


def in_rows_of_others(table):
    """Nothing is hidden yet. Two observer States are too few for a row: they count with whoever is in no group."""
    if table.kind != BY_GROUP:
        return table
    in_none = [row for row in table.rows if row.key in IN_NO_GROUP]
    if not in_none:
        return table
    columns = zip(*(row.values for row in in_none), strict=True)
    values = tuple(None if None in numbers else sum(numbers) for numbers in columns)
    together = Row(regional_groups.NONE, values, tuple(part for row in in_none for part in row.parts))
    return replace(table, rows=(*(row for row in table.rows if row not in in_none), together))


@lru_cache(maxsize=16)
def _hidden(tables) -> tuple:
    """A page that is loaded again need not find them again, which takes a second for 124 countries."""
    return tuple(hide(tables))


def hide(tables, *, published=()) -> list:
    """The tables as others may see them: None where a number is hidden; 0 may be shown.

    All tables that are published of a season go together. `published` are those that stand published, as others see
    them: what was hidden stays hidden, and no number that is shown changes by one to four. Raises TooSmallADifference.
    """
    before = {table.kind: table for table in published}
    found = {}
    for family in families(tables, before):
        _hide_small(family)
        _protect(family)
        found |= {table.kind: _masked(table, family) for table in family.tables}
    _refuse_small_differences(found, before)
    return [found[table.kind] for table in tables]


def _hide_small(family):
    """What is hidden for its own sake, and what was hidden before."""
    for column, total in family.totals.items():
        if column in family.columns and _is_small(total):
            withhold(family, column)
    for cell, number in family.values.items():
        if _was_hidden(family, cell) or _changes_little(family, cell) or (number and _is_of_few(family, cell)):
            family.hidden.add(cell)


def _is_small(number) -> bool:
    return number is not None and 0 < number < FEWEST


def _is_of_few(family, cell) -> bool:
    return any(_is_small(family.values.get(cell._replace(column=column))) for column in (cell.column, *WHOLE_ROW))


def _was_hidden(family, cell) -> bool:
    return cell in family.published and family.published[cell] is None


def _changes_little(family, cell) -> bool:
    """A row that was not there had nobody."""
    if not family.published or _was_hidden(family, cell):
        return False
    return _is_small(abs(family.values[cell] - family.published.get(cell, 0)))


def _protect(family):
    """Hide more until each hidden number could be another; where that is impossible, leave its column out."""
    safe = set()
    for cell in sorted(family.hidden, key=lambda cell: (cell.kind == family.finest.kind, cell)):
        if cell.column in family.withheld or (cell in safe and not _is_small(family.values[cell])):
            continue
        safe |= _changed(family, cell)
        if cell not in safe:
            safe |= _changed_by_a_step(family, cell)
        if cell not in safe:
            withhold(family, cell.column)


def _changed(family, cell) -> set:
    """What differs on the way to as many other numbers of the cell as can be had without hiding sums.

    Each from one to four could stand in the place of a small number then, in most tables.
    """
    found = set()
    for more in (True, False):
        numbers = dict(family.values)
        while move := exchanges.cheapest(family, numbers, cell, more=more, hide_sums=False):
            found |= _made(family, numbers, move)
            if not _is_small(family.values[cell]):
                return found
    return found


def _changed_by_a_step(family, cell) -> set:
    for more in (True, False):
        numbers = dict(family.values)
        if move := exchanges.cheapest(family, numbers, cell, more=more, hide_sums=True):
            return _made(family, numbers, move)
    return set()


def _made(family, numbers, move):
    family.hidden |= move.shown
    for changed, by in move.changes.items():
        numbers[changed] += by
    return move.changes.keys()


def withhold(family, column):
    """Nobody sees the column, nor those that are nowhere more than it."""
    below = {low for low, high in family.orders[family.finest.kind] if high == column and family.totals[low]}
    family.withheld |= {column, *below}
    family.hidden |= {cell for cell in family.values if cell.column in family.withheld}


def _masked(table, family):
    rows = tuple(
        replace(row, values=tuple(_shown(table, family, row, column) for column in table.columns)) for row in table.rows
    )
    return replace(table, rows=rows, total=replace(table.total, values=_shown_total(table)))


def _shown(table, family, row, column):
    if column == FOLLOWS:
        is_hidden = _hides_time(family) or Cell(table.kind, row.key, "came") in family.hidden
    else:
        is_hidden = Cell(table.kind, row.key, column) in family.hidden
    return None if is_hidden else row.values[table.columns.index(column)]


def _hides_time(family) -> bool:
    return family.finest.kind == PROGRAMME and any(cell.column == "came" for cell in family.hidden)


def _shown_total(table) -> tuple:
    numbers = dict(zip(table.columns, table.total.values, strict=True))
    hidden = {column for column, number in numbers.items() if column != FOLLOWS and _is_small(number)}
    if "came" in hidden:
        hidden.add(FOLLOWS)
    return tuple(None if column in hidden else number for column, number in numbers.items())


def _refuse_small_differences(found, before):
    for kind, table in found.items():
        if kind not in before:
            continue
        totals = dict(zip(before[kind].columns, before[kind].total.values, strict=True))
        for column, number in zip(table.columns, table.total.values, strict=True):
            known = totals.get(column)
            if column != FOLLOWS and None not in (number, known) and _is_small(abs(number - known)):
                raise TooSmallADifference(column)
