"""The row of countries of which nothing is shown tells no more than what everybody can compute."""

from registrations.figures import hiding, others
from registrations.figures.tables import Row, Table
from registrations.presenters.figures import is_hidden
from tests.support.registrations.figures_of_a_season import figures

COLUMNS = ("registered", "came", "held")
TOTAL = Row("", (60, 42, 60))


def table(*rows) -> Table:
    return Table("country", COLUMNS, tuple(Row(key, values) for key, *values in rows), TOTAL)


def rows(found) -> list:
    return [(row.key, *row.values) for row in found.rows]


def test_countries_of_which_nothing_is_shown_are_one_row():
    shown = table(("404", None, 0, None), ("756", 40, None, 40), ("604", None, None, None), ("", None, None, None))
    true = table(("404", 3, 0, 3), ("756", 40, 30, 40), ("604", 12, 9, 12), ("", 5, 3, 5))

    together, known = others.together(shown, true)

    assert rows(together) == [("756", 40, None, 40), ("", None, None, None), (others.OTHERS, 20, 42, None)]
    assert together.rows[-1].parts == ("404", "604")
    assert rows(known) == [("756", 40, 30, 40), ("", 5, 3, 5), (others.OTHERS, 20, 42, None)]


def test_small_rest_is_hidden():
    shown = table(("404", None, None, None), ("756", 57, 30, 57), ("604", None, None, None))
    true = table(("404", 1, 1, 1), ("756", 57, 30, 57), ("604", 2, 11, 2))

    together, known = others.together(shown, true)

    assert rows(together)[-1] == (others.OTHERS, None, 12, None)
    assert rows(known)[-1] == (others.OTHERS, 3, 12, None)


def test_one_country_and_other_tables_stay_as_they_are():
    shown = Table("country", COLUMNS, (Row("756", (40, 30, 40)), Row("604", (None, None, None))), TOTAL)
    several = Table("region", COLUMNS, (Row("002", (None, None, None)), Row("019", (None, None, None))), TOTAL)

    assert others.together(shown, shown) == (shown, shown)
    assert others.together(several, several) == (several, several)


def test_it_is_what_the_shown_rows_leave_of_the_whole():
    true = {each.kind: each for each in figures(2)}
    shown = {each.kind: each for each in hiding.for_others(list(true.values()))}["country"]

    together, known = others.together(shown, true["country"])

    *rest, merged = together.rows
    assert len(merged.parts) > 50
    for column, place in zip(shown.columns, range(len(shown.columns)), strict=True):
        if column != "held":
            left = shown.total.values[place] - sum(row.values[place] or 0 for row in rest)
            assert merged.values[place] == known.rows[-1].values[place] == left


def test_rate_is_hidden_with_either_of_its_numbers():
    known = {"came": 9, "held": 12}

    assert is_hidden("rate", {"came": None, "held": 12}, known)
    assert is_hidden("rate", {"came": 9, "held": None}, {"came": 9, "held": 0})
    assert not is_hidden("rate", known, known)
    assert not is_hidden("rate", {"came": None, "held": None}, {"came": None, "held": 0})
