"""A table of figures as rows of a file: true for staff, or with small numbers hidden for others."""

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from registrations.figures import naming
from registrations.figures.measures import MEASURES, RATE
from registrations.presenters import figures
from sessions.clocks import dates
from sessions.reference import countries

INTERNAL, FOR_OTHERS = "internal", "for-others"
# In the first line of each file.
ABOUT = {
    INTERNAL: gettext_lazy("%(season)s, %(table)s. Internal: true numbers, also small ones; not for others."),
    FOR_OTHERS: gettext_lazy(
        "%(season)s, %(table)s. For others: numbers from 1 to 4 are hidden, and what would tell them."
    ),
}


def rows(table, true, names, *, zone) -> list[list]:
    """Headings, then a row for each, then the whole season: texts, whole numbers, and None where nothing is known.

    `true` is the same table with nothing hidden.
    """
    columns = figures.columns(table)
    headings = [naming.rows(table.kind), *(str(MEASURES[column].heading) for column in columns)]
    found = []
    for row, known in (*_in_order(table, true, names, zone), (table.total, true.total)):
        name = _("Whole season") if row is table.total else naming.row(table.kind, row.key, names, zone=zone)
        numbers, known = _by_column(table, row), _by_column(true, known)
        found.append([name, *(_cell(column, numbers, known) for column in columns)])
    return [headings, *found]


def _in_order(table, true, names, zone) -> list[tuple]:
    """By name where the rows have no order of their own: by size they would tell about hidden numbers."""
    pairs = list(zip(table.rows, true.rows, strict=True))
    if figures.is_in_order(table.kind):
        return pairs

    def place(pair):
        key = pair[0].key
        name = naming.row(table.kind, key, names, zone=zone)
        return key in naming.OF_NO_GROUP, countries.sort_key(name, get_language())

    return sorted(pairs, key=place)


def _by_column(table, row):
    return dict(zip(table.columns, row.values, strict=True))


def _cell(column, numbers, known):
    if figures.is_hidden(column, numbers, known):
        return _("hidden")
    if column == RATE:
        shown = figures.number(column, numbers)
        return "" if shown == figures.NOTHING else shown
    number = numbers.get(column)
    if number is None:
        return None
    return str(round(number / 3600, 1)) if column == "seconds" else number


def about(whose, season, table, names) -> str:
    return ABOUT[whose] % {"season": season, "table": naming.table(table.kind, names)}


def name(whose, season, kind, taken_at, ending) -> str:
    """Of the file: plain letters, and first of all for whom it is."""
    return f"{whose}-{season.slug}-{kind}-{dates.stamp(taken_at)[:10]}.{ending}"
