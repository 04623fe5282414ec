"""Small numbers are hidden, and nobody can compute them from what is shown."""

import random
from dataclasses import replace

import pytest

from registrations.figures.hiding import TooSmallADifference, for_others, hide
from registrations.figures.tables import Row, Table
from tests.support.registrations.figures_of_a_season import figures
from tests.support.registrations.guesses import Guesser

COLUMNS = ("registered", "confirmed", "came", "people", "first_time")


def table(rows, *, columns=("registered",), kind="country", total=None, finer="") -> Table:
    """`rows` are by key a number, or several, or a number and the parts it is the sum of."""
    found = tuple(Row(key, numbers if isinstance(numbers, tuple) else (numbers,)) for key, numbers in rows.items())
    sums = tuple(sum(number or 0 for number in numbers) for numbers in zip(*(row.values for row in found), strict=True))
    return Table(kind, columns, found, Row("total", total or sums), finer)


def sums(of, parts, *, kind="region") -> Table:
    """A coarser table; `parts` are the keys of the finest rows by key."""
    numbers = {row.key: row.values for row in of.rows}
    rows = tuple(Row(key, _added([numbers[part] for part in theirs]), theirs) for key, theirs in parts.items())
    return Table(kind, of.columns, rows, of.total, of.kind)


def _added(rows):
    return tuple(map(sum, zip(*rows, strict=True)))


def shown(table, column=0) -> dict:
    return {row.key: row.values[column] for row in table.rows}


def test_a_small_number_and_the_smallest_beside_it_are_hidden():
    [hidden] = hide([table({"KE": 3, "CH": 40, "PE": 12, "FJ": 0})])

    assert shown(hidden) == {"KE": None, "CH": 40, "PE": None, "FJ": 0}
    assert hidden.total == Row("total", (55,))


def test_small_numbers_that_hide_each_other_need_no_other():
    [hidden] = hide([table({"KE": 3, "CH": 40, "PE": 1, "FJ": 2})])

    assert shown(hidden) == {"KE": None, "CH": 40, "PE": None, "FJ": None}


@pytest.mark.parametrize("numbers", [(1, 1), (4, 4), (1, 1, 1, 1, 1)])
def test_small_numbers_whose_sum_tells_them_need_another(numbers):
    small = {f"{place}": number for place, number in enumerate(numbers)}

    [hidden] = hide([table(small | {"CH": 40, "PE": 12})])

    assert shown(hidden) == dict.fromkeys(small, None) | {"CH": 40, "PE": None}


def test_nothing_small_hides_nothing():
    tables = [table({"KE": 5, "CH": 40, "FJ": 0})]

    assert hide(tables) == tables


def test_few_people_hide_their_row():
    [hidden] = hide(
        [table({"KE": (20, 18, 3), "CH": (90, 80, 40), "PE": (12, 12, 9)}, columns=("registered", "came", "people"))]
    )

    assert [row.values for row in hidden.rows] == [(None,) * 3, (90, 80, 40), (None,) * 3]


def test_what_is_not_known_stays_so_and_hides_nothing():
    tables = [table({"1": (20, None), "2": (30, 12)}, columns=("registered", "came"), kind="slot")]

    assert hide(tables) == tables


def test_a_sum_is_hidden_where_it_would_tell():
    countries = table({"KE": 30, "CM": 20, "CH": 40, "FJ": 3})
    regions = sums(countries, {"Africa": ("KE", "CM"), "Europe": ("CH",), "Oceania": ("FJ",)})

    hidden, of_regions = hide([countries, regions])

    assert shown(hidden) == {"KE": 30, "CM": 20, "CH": None, "FJ": None} or shown(of_regions)["Africa"] is None
    assert shown(of_regions)["Oceania"] is None
    assert list(shown(of_regions).values()).count(None) == 2


def test_a_session_of_one_slot_tells_no_more_than_the_slot():
    slots = table({"1": 3, "2": 40, "3": 50}, kind="slot")
    sessions = sums(slots, {"10": ("1",), "20": ("2", "3")}, kind="session")

    of_slots, of_sessions = hide([slots, sessions])

    assert shown(of_slots)["1"] is None
    assert shown(of_sessions) == {"10": None, "20": None}


def test_a_small_total_leaves_its_column_out():
    [hidden] = hide([table({"KE": (30, 2), "CH": (40, 1), "FJ": (9, 0)}, columns=("registered", "came"))])

    assert (shown(hidden), shown(hidden, 1)) == ({"KE": 30, "CH": 40, "FJ": 9}, dict.fromkeys(("KE", "CH", "FJ")))
    assert hidden.total.values == (79, None)


def test_a_column_that_nothing_protects_is_left_out():
    [hidden] = hide([table({"KE": 1, "CH": 5})])

    assert shown(hidden) == {"KE": None, "CH": None}
    assert hidden.total.values == (6,)


def test_time_is_hidden_with_those_who_came():
    columns = ("registered", "came", "seconds")
    rows = {"KE": (30, 3, 9000), "CH": (40, 30, 90000), "PE": (20, 8, 20000), "CM": (50, 40, 100000)}

    [hidden] = hide([table(rows, columns=columns)])
    [by_slot] = hide([table(rows, columns=columns, kind="slot")])

    assert shown(hidden, 2) == {"KE": None, "CH": 90000, "PE": None, "CM": 100000}
    assert shown(by_slot, 2) == dict.fromkeys(rows)
    assert by_slot.total.values[2] == 219000


def test_any_of_one_to_four_could_stand_there():
    tables = [table({"KE": 3, "CH": 40, "PE": 12, "FJ": 2, "CM": 1})]

    guesser = Guesser([(tables, hide(tables))])

    ranges = {key: guesser.range_of((0, "country", key, "registered")) for key in ("KE", "FJ", "CM")}
    assert ranges == dict.fromkeys(ranges, (1, 4))


RANDOM_TABLES, AT_ONCE = 600, 50


def test_nobody_computes_a_hidden_number_of_any_table():
    for first in range(0, RANDOM_TABLES, AT_ONCE):
        seasons = [(tables, hide(tables)) for tables in map(any_tables, range(first, first + AT_ONCE))]
        assert computed(seasons) == set()


def test_nobody_computes_a_hidden_number_of_a_season():
    for seed, people in enumerate((800, 300, 60)):
        tables = figures(seed, people=people)
        assert computed([(tables, hide(tables))]) == set()


def test_most_of_a_season_stays_visible():
    tables = figures(2)
    [by_country] = [table for table in tables if table.kind == "country"]

    found = {table.kind: table for table in hide(tables)}

    complete = {kind for kind, table in found.items() if all(None not in row.values for row in table.rows)}
    assert complete >= {"slot", "session", "stream", "week", "stakeholder", "language", "region"}
    few_people = sum(0 < people < 5 for people in shown(by_country, 3).values())
    assert list(shown(found["country"]).values()).count(None) <= few_people + 12


def test_the_guesser_computes_small_numbers_that_are_hidden_alone():
    seasons = [any_tables(seed) for seed in range(20)]

    found = [computed([(tables, [without_small(one) for one in tables])]) for tables in seasons]

    assert sum(map(bool, found)) > 10


def without_small(table) -> Table:
    rows = [replace(row, values=tuple(None if 0 < n < 5 else n for n in row.values)) for row in table.rows]
    return replace(table, rows=tuple(rows))


def test_nobody_computes_a_hidden_number_of_two_publications():
    for first in range(0, 300, AT_ONCE):
        stories = [(any_tables(seed), changed(any_tables(seed), seed)) for seed in range(first, first + AT_ONCE)]
        before = [hide(earlier) for earlier, _later in stories]
        after = [hide(later, published=standing) for (_earlier, later), standing in zip(stories, before, strict=True)]

        assert computed_again([later for _earlier, later in stories], before, after) == set()


def test_what_was_hidden_stays_hidden():
    [before] = hide([table({"KE": 3, "CH": 40, "PE": 12, "CM": 60})])

    [after] = hide([table({"KE": 8, "CH": 40, "PE": 17, "CM": 70})], published=[before])

    assert shown(after) == {"KE": None, "CH": 40, "PE": None, "CM": 70}


def test_a_number_that_changes_by_less_than_five_is_hidden():
    [before] = hide([table({"KE": 30, "CH": 40, "PE": 12, "CM": 60})])

    [after] = hide([table({"KE": 31, "CH": 40, "PE": 11, "CM": 60})], published=[before])

    assert shown(after) == {"KE": None, "CH": 40, "PE": None, "CM": 60}


def test_a_total_that_changes_by_less_than_five_is_refused():
    [before] = hide([table({"KE": 30, "CH": 40})])

    with pytest.raises(TooSmallADifference):
        hide([table({"KE": 31, "CH": 40})], published=[before])


def computed(seasons) -> set:
    return Guesser(seasons).computed()


def computed_again(later, before, after) -> set:
    """The guesser knows that what is hidden now and was shown before differs by less than five, if it does.

    Besides, the numbers that were hidden before are known, or those that were not, unless a column is left out.
    """
    standing = {cell: number for season, tables in enumerate(before) for cell, number in _cells(season, tables)}
    now = {cell: number for season, tables in enumerate(later) for cell, number in _cells(season, tables)}
    windows = {cell: number for cell, number in standing.items() if number is not None and abs(now[cell] - number) < 5}
    seasons, old = list(zip(later, after, strict=True)), {cell for cell, number in standing.items() if number is None}
    found = Guesser(seasons, windows=windows).computed()
    for known in (old, set(standing) - old):
        guesser = Guesser(seasons, windows=windows, known=known)
        found |= guesser.computed()
    return found


def _cells(season, tables):
    for one in tables:
        for row in one.rows:
            for column, number in zip(one.columns, row.values, strict=True):
                yield (season, one.kind, row.key, column), number


def any_tables(seed) -> list[Table]:
    """Up to eight rows, and up to three tables whose rows are sums of any of them."""
    chance = random.Random(seed)
    columns = ("registered", *sorted(chance.sample(COLUMNS[1:], chance.randint(0, 2)), key=COLUMNS.index))
    places = [COLUMNS.index(column) for column in columns]
    rows = {f"{row}": tuple(numbers[place] for place in places) for row, numbers in enumerate(_rows(chance))}
    countries = table(rows, columns=columns)
    return [countries, *(sums(countries, _parts(chance, countries), kind=f"{n}") for n in range(chance.randint(0, 3)))]


def _parts(chance, countries):
    parts = {}
    for row in countries.rows:
        key = f"of {chance.randrange(1 + len(countries.rows) // 2)}"
        parts[key] = (*parts.get(key, ()), row.key)
    return parts


def _rows(chance):
    return [_numbers(chance) for _ in range(chance.randint(2, 8))]


def _numbers(chance):
    registered = chance.choice([0, 1, 1, 2, 3, 4, 5, 6, 7, 9, 12, 30, 60])
    confirmed = chance.randint(registered * 3 // 4, registered)
    people = chance.randint(-(-registered // 3), registered)
    return registered, confirmed, chance.randint(confirmed // 2, confirmed), people, chance.randint(0, people)


def changed(tables, seed) -> list[Table]:
    """As many people of some countries as before are found to be of others, or some registered late."""
    chance = random.Random(-seed)
    countries, *coarser = tables
    rows = {row.key: row.values for row in countries.rows}
    for _ in range(chance.randint(1, 3)):
        one, other = chance.sample(sorted(rows), 2)
        rows[one], rows[other] = _with_one_of(rows[one], rows[other])
    if chance.random() < 0.5:
        key = chance.choice(sorted(rows))
        rows[key] = tuple(number + 7 for number in rows[key])
    later = table(rows, columns=countries.columns)
    return [later, *(sums(later, {row.key: row.parts for row in one.rows}, kind=one.kind) for one in coarser)]


def _with_one_of(one, other):
    if min(other) == 0:
        return one, other
    return tuple(number + 1 for number in one), tuple(number - 1 for number in other)


def test_observers_count_with_who_is_in_no_group_for_others():
    countries = table({"KE": 40, "VA": 2, "PR": 60, "": 7})
    groups = sums(countries, {"africa": ("KE",), "observers": ("VA",), "none": ("PR",), "": ("",)}, kind="un-group")

    found = {one.kind: one for one in for_others([countries, groups])}

    assert shown(found["un-group"]) == {"africa": 40, "none": 69}


def test_regions_stay_with_staff():
    countries = table({"KE": 40, "CH": 60})

    assert [one.kind for one in for_others([countries, sums(countries, {"002": ("KE",), "150": ("CH",)})])] == [
        "country"
    ]
