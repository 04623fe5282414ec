"""Bars and columns: as long as the numbers say, inside their picture."""

from hypothesis import given
from hypothesis import strategies as st

from registrations.figures import charts
from registrations.figures.charts import Bar

numbers = st.none() | st.integers(0, 10**7)
some_pairs = st.lists(st.tuples(numbers, numbers), max_size=60)


def test_longest_bar_has_all_the_room_and_the_others_their_share():
    found = charts.bars([(200, 150), (50, 50), (0, 0), (None, None), (100, None)])

    assert found == [Bar(100, 75), Bar(25, 25), Bar(0, 0), Bar(0, 0, False), Bar(50, 0, False)]


def test_nothing_to_show_has_no_bars_and_no_columns():
    assert charts.bars([]) == []
    assert charts.bars([(0, None)]) == [Bar(0, 0, False)]
    assert charts.columns([], [], []).columns == ()


@given(pairs=some_pairs)
def test_who_came_never_reaches_beyond_who_registered(pairs):
    assert all(0 <= bar.part <= bar.all <= charts.LONGEST for bar in charts.bars(pairs))


@given(pairs=some_pairs)
def test_columns_stand_on_the_ground_side_by_side_inside_the_picture(pairs):
    chart = charts.columns(pairs, ["1"] * len(pairs), ["a"] * len(pairs))

    for column in chart.columns:
        assert abs(column.y + column.height - chart.ground) < 0.2
        assert abs(column.part_y + column.part_height - chart.ground) < 0.2
        assert 0 <= column.above <= chart.ground
    edges = [edge for column in chart.columns for edge in (column.x, column.x + charts.COLUMN)]
    assert edges == sorted(edges)
    assert not edges or (edges[0] >= 0 and edges[-1] <= chart.width)
