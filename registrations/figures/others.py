"""Countries of which nothing is shown are one row of a public table."""

from dataclasses import replace

from registrations.figures.tables import BY_COUNTRY, FEWEST, Row, Table
from sessions.reference import countries

# The key of their row; its parts are theirs.
OTHERS = "others"
# Sums of different rows have no rate.
NO_SUM = "held"


def together(shown, true) -> tuple[Table, Table]:
    """A table as others see it and the same with nothing hidden, both with such countries in one row.

    Its numbers are what all that is shown leaves of the whole: also what is hidden in other rows is in them, and
    everybody can compute them. A number from 1 to 4 is hidden all the same.
    """
    hidden = [row.key for row in shown.rows if _tells_nothing(row)]
    if shown.kind != BY_COUNTRY or len(hidden) < 2:
        return shown, true
    places = range(len(shown.columns))
    values = [_left(place, shown) for place in places]
    known = [_hidden_sum(place, shown, true) for place in places]
    values[shown.columns.index(NO_SUM)] = known[shown.columns.index(NO_SUM)] = None
    return _with_others(shown, hidden, values), _with_others(true, hidden, known)


def _with_others(table, hidden, values) -> Table:
    rows = [row for row in table.rows if row.key not in hidden]
    return replace(table, rows=(*rows, Row(OTHERS, tuple(values), tuple(hidden))))


def _tells_nothing(row) -> bool:
    return row.key not in countries.NO_COUNTRIES and None in row.values and not any(row.values)


def _left(place, table) -> int | None:
    whole = table.total.values[place]
    if whole is None:
        return None
    left = whole - sum(row.values[place] or 0 for row in table.rows)
    return None if 0 < left < FEWEST else left


def _hidden_sum(place, shown, true) -> int | None:
    pairs = zip(shown.rows, true.rows, strict=True)
    numbers = [known.values[place] for row, known in pairs if row.values[place] is None]
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None
