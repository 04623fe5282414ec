"""The shape of figures: tables whose rows and columns are keys, so that each language can name them."""

from dataclasses import dataclass

# Of registrations: "registered", "confirmed", "came". Of people: "people", "first_time". "seconds" attended.
COLUMNS = ("registered", "confirmed", "came", "people", "first_time", "seconds")


@dataclass(frozen=True)
class Row:
    """`key` is an id, a code or a value of what the table counts by, "" where nothing is known.

    `values` are whole numbers in the order of the table's columns; None is hidden, or not known.
    """

    key: str
    values: tuple[int | None, ...]


@dataclass(frozen=True)
class Table:
    """`kind` says by what it counts. The total is no sum where somebody is in several rows ("people" by session)."""

    kind: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row
