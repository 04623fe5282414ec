"""Tables of figures as a page shows them: words, numbers in the reader's language, and bars."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registrations.figures import charts, measures, naming
from registrations.figures.measures import MEASURES, RATE
from registrations.figures.names import BY_QUESTION, BY_SESSION, BY_SLOT
from registrations.figures.others import OTHERS
from sessions.clocks import dates
from sessions.reference import countries

NOTHING = "\N{EN DASH}"
# Above a column; tables say it in words for screen readers (figures/_hidden.html).
HIDDEN = "*"
OF_REGISTRATIONS = ("registered", "confirmed", "came", RATE, "first_time", "seconds")
OF_BOTH = ("registered", "confirmed", "came", RATE, "people", "people_came", "first_time", "seconds")
OF_PEOPLE = ("people", "people_came", "first_time")
# Their rows stay in the order of time; so do those of questions, in the order of their choices. Others begin with the
# largest.
IN_ORDER_OF_TIME = (BY_SESSION, BY_SLOT, "week")


@dataclass(frozen=True)
class ShownRow:
    """A cell is None where its number is hidden."""

    name: str
    cells: tuple[str | None, ...]
    bar: charts.Bar | None = None


@dataclass(frozen=True)
class ShownTable:
    """`chart` has columns where the rows are points in time, else None: each row has a bar."""

    kind: str
    title: str
    note: str
    of_rows: str
    headings: tuple[str, ...]
    rows: tuple[ShownRow, ...]
    total: ShownRow
    chart: charts.Columns | None


def tables(found, names, *, zone, true=None) -> list[ShownTable]:
    """Those with rows; `names` as of `keeping`, and slots on the clock of `zone`.

    `true` are the same tables with the same rows and nothing hidden, where something is hidden in those found.
    """
    is_for_others = true is not None
    pairs = [(each, known) for each, known in zip(found, true or found, strict=True) if each.rows]
    return [_table(each, known, names, zone, wanted(known, is_for_others=is_for_others)) for each, known in pairs]


def wanted(table, *, is_for_others) -> list[str]:
    """Others are not shown columns in which nothing is known."""
    cells = [_cell(table, row) for row in (*table.rows, table.total)]
    return [column for column in columns(table) if not is_for_others or any(_is_known(column, cell) for cell in cells)]


def headline(total, known=None) -> list[tuple[str, str | None]]:
    """Pairs of a word and a number, of the cell of the whole season; `known` is the same with nothing hidden.

    Others are not shown what nobody knows.
    """
    wanted = [column for column in OF_BOTH if known is None or _is_known(column, known)]
    return [(str(MEASURES[column].heading), shown(column, total, known or total)) for column in wanted]


def _is_known(column, cell) -> bool:
    return number(column, cell) != NOTHING


def explanations() -> list[tuple[str, str]]:
    """Of all columns, in their order."""
    return [(str(measure.heading), str(measure.explanation)) for measure in MEASURES.values()]


def of_season(found) -> dict[str, int | None]:
    """The cell of the whole season, of the tables of one."""
    [table] = [table for table in found if table.kind == BY_SESSION]
    return _cell(table, table.total)


def _cell(table, row) -> dict[str, int | None]:
    return dict(zip(table.columns, row.values, strict=True))


def _table(table, true, names, zone, shown_columns) -> ShownTable:
    rows = [
        (name_of(table, row, names, zone), _cell(table, row), _cell(true, known), row.key)
        for row, known in zip(table.rows, true.rows, strict=True)
    ]
    if not is_in_order(table.kind):
        rows.sort(key=lambda row: _place(row[3], row[1][shown_columns[0]], row[0]))
    pairs = [_pair(numbers) for _name, numbers, _known, _key in rows]
    return ShownTable(
        kind=table.kind,
        title=naming.table(table.kind, names),
        note=str(naming.NOTES.get(table.kind, "")),
        of_rows=naming.rows(table.kind),
        headings=tuple(str(MEASURES[column].heading) for column in shown_columns),
        rows=tuple(
            ShownRow(name, _cells(shown_columns, numbers, known), bar)
            for (name, numbers, known, _key), bar in zip(rows, charts.bars(pairs), strict=True)
        ),
        total=ShownRow(
            name_of_total(table),
            _cells(shown_columns, _cell(table, table.total), _cell(true, true.total)),
        ),
        chart=_chart(rows, pairs) if table.kind == "week" else None,
    )


def is_in_order(kind) -> bool:
    """Its rows are in the order of time, or of the choices of a question, and keep it."""
    return kind in IN_ORDER_OF_TIME or kind.startswith(BY_QUESTION)


def name_of(table, row, names, zone) -> str:
    if row.key == OTHERS:
        return naming.others(row.parts)
    return naming.row(table.kind, row.key, names, zone=zone)


def name_of_total(table) -> str:
    return _("Everybody who answered") if table.kind.startswith(BY_QUESTION) else _("Whole season")


def _place(key, number, name) -> tuple:
    """The largest first, those of the same size as in a dictionary, at the end who is in no group, and the others."""
    return key == OTHERS, key in naming.OF_NO_GROUP, -(number or 0), countries.sort_key(name, get_language())


def columns(table) -> list[str]:
    """Those of its columns that are shown, in their order."""
    return [column for column in _columns(table) if column == RATE or column in table.columns]


def _columns(table) -> tuple[str, ...]:
    """In a session and a slot there are as many people as registrations."""
    if table.kind in (BY_SESSION, BY_SLOT):
        return OF_REGISTRATIONS
    return OF_BOTH if "registered" in table.columns else OF_PEOPLE


def _pair(numbers) -> tuple[int | None, int | None]:
    if "registered" in numbers:
        return numbers["registered"], numbers.get("came")
    return numbers["people"], numbers.get("people_came")


def _chart(rows, pairs) -> charts.Columns:
    labels = [dates.day_of_month(naming.monday(key)) for _name, _numbers, _known, key in rows]
    numbers = [shown("registered", numbers, known) or HIDDEN for _name, numbers, known, _key in rows]
    return charts.columns(pairs, numbers, labels)


def _cells(columns, numbers, known) -> tuple[str | None, ...]:
    return tuple(shown(column, numbers, known) for column in columns)


def shown(column, numbers, known) -> str | None:
    return None if is_hidden(column, numbers, known) else number(column, numbers)


def is_hidden(column, numbers, known) -> bool:
    """Whether a number is hidden; `known` are those of the same row with nothing hidden.

    A percentage is hidden with either of its numbers, also where the hidden one is 0.
    """
    if column != RATE:
        return numbers.get(column) is None and known.get(column) is not None
    if known.get("came") is None:
        return False
    return any(is_hidden(each, numbers, known) for each in ("came", "held"))


def number(column, numbers) -> str:
    if column == RATE:
        rate = measures.show_up_rate(numbers)
        return NOTHING if rate is None else dates.percent(rate)
    found = numbers.get(column)
    if found is None:
        return NOTHING
    return dates.number(round(found / 3600, 1)) if column == "seconds" else dates.number(found)
