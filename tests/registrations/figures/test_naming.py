"""Every table, row and column of figures has a name and an explanation."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from registrations.figures import counting, measures, naming
from registrations.figures.measures import MEASURES, RATE
from registrations.figures.names import Name, Names, names_of
from registrations.figures.tables import COUNTED
from tests.support.registrations import random_season
from tests.support.registrations.random_season import NOW

GENEVA = ZoneInfo("Europe/Zurich")


@pytest.mark.django_db
def test_every_table_and_every_row_that_is_counted_has_words():
    season = random_season.make(1)
    names = names_of(season)

    for table in counting.tables(season, now=NOW):
        title = naming.table(table.kind, names)
        rows = [naming.row(table.kind, row.key, names, zone=GENEVA) for row in table.rows]
        assert title != table.kind
        assert all(rows), table.kind
        assert len(set(rows)) == len(rows) or table.kind == "slot"


def test_every_column_is_explained():
    assert set(MEASURES) == (set(COUNTED) - {"held"}) | {RATE}


def test_slot_is_named_on_the_clock_that_is_asked_for():
    name = Name("Air", datetime(2030, 10, 8, 22, 30, tzinfo=UTC), datetime(2030, 10, 8, 23, 30, tzinfo=UTC))
    names = Names({"slot": {"1": name}})

    assert naming.row("slot", "1", names, zone=GENEVA) == "Wed 9 Oct 2030, 00:30–01:30: Air"


def test_countries_and_regions_have_names_in_the_readers_language():
    with translation.override("fr"):
        found = [naming.row(kind, key, Names(), zone=GENEVA) for kind, key in [("country", "404"), ("region", "002")]]

    assert found == ["Kenya", "Afrique"]


@pytest.mark.parametrize(
    ("cell", "rate"),
    [({"came": 1, "held": 3}, 1 / 3), ({"came": 0, "held": 3}, 0), ({"came": 0, "held": 0}, None), ({}, None)],
)
def test_show_up_rate_is_of_places_of_which_it_is_known(cell, rate):
    assert measures.show_up_rate(cell) == rate


def test_show_up_rate_is_not_known_where_who_came_is_hidden():
    assert measures.show_up_rate({"came": None, "held": 3}) is None
