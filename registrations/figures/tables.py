"""The shape of figures: tables whose rows and columns are keys, so that each language can name them."""

from dataclasses import dataclass

# Of registrations: "registered", "confirmed", "came". Of people: "people", "first_time". "seconds" attended.
COLUMNS = ("registered", "confirmed", "came", "people", "first_time", "seconds")
# What is counted besides: places of which is known whether their people came (the show-up rate is of these), and
# different people who came at least once.
COUNTED = (*COLUMNS, "held", "people_came")
# What is known of answers to a question.
OF_PEOPLE = ("people", "first_time", "people_came")
# Fewer people than these, and more than none, are told to nobody outside.
FEWEST = 5
BY_COUNTRY, BY_GROUP = "country", "un-group"


@dataclass(frozen=True)
class Row:
    """`key` is an id, a code or a value of what the table counts by, "" where nothing is known.

    `values` are whole numbers in the order of the table's columns; None is hidden, or not known.
    `parts` are the keys of the rows of the finer table that it holds together.
    """

    key: str
    values: tuple[int | None, ...]
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """`kind` says by what it counts. The total is no sum where somebody is in several rows ("people" by session).

    `finer` is the kind of the finest table whose rows are the parts of its rows: slots of a session, a stream or a
    week, countries of a region. It is empty where there is none.
    """

    kind: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row
    finer: str = ""
