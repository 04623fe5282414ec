"""How long somebody was there, from several times of joining and leaving."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations.attendance import presence

START = datetime(2020, 9, 17, 13, tzinfo=UTC)
SLOT = START, START + timedelta(minutes=90)


def at(*pairs):
    return [(START + timedelta(seconds=joined), START + timedelta(seconds=left)) for joined, left in pairs]


@pytest.mark.parametrize(
    ("pairs", "seconds"),
    [
        ([], 0),
        ([(0, 60)], 60),
        ([(-600, 60)], 60),
        ([(5340, 9999)], 60),
        ([(-600, -60)], 0),
        ([(0, 600), (300, 900)], 900),
        ([(300, 900), (0, 600)], 900),
        ([(0, 3600), (600, 700)], 3600),
        ([(0, 100), (160, 200)], 200),
        ([(0, 100), (161, 200)], 139),
        ([(0, 90), (120, 210), (240, 330)], 330),
        ([(-100, -30), (20, 100)], 100),
        ([(100, 100)], 0),
        ([(200, 100)], 0),
    ],
)
def test_seconds_inside_the_slot(pairs, seconds):
    assert presence.seconds(at(*pairs), between=SLOT) == seconds


@given(st.lists(st.tuples(st.integers(-1000, 7000), st.integers(0, 3000)), max_size=12))
def test_never_more_than_the_slot_nor_than_all_times_together(lengths):
    pairs = [(joined, joined + length) for joined, length in lengths]

    found = presence.seconds(at(*pairs), between=SLOT)

    assert found <= min(5400, sum(length for _joined, length in lengths) + 60 * len(lengths))
    assert found == presence.seconds(at(*reversed(pairs)), between=SLOT)
    assert found == presence.seconds(at(*pairs, *pairs), between=SLOT)
