"""How long it is until something, in words."""

from datetime import UTC, datetime, timedelta

import pytest

from sessions.clocks import countdowns
from sessions.clocks.wall_clock import on_clock

STARTS_AT = datetime(2030, 10, 8, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(days=3), "in 3 days"),
        (timedelta(days=1, hours=20), "in 2 days"),
        (timedelta(hours=17), "tomorrow, in 17 hours"),
        (timedelta(hours=5, minutes=59), "today, in 5 hours"),
        (timedelta(minutes=119), "in 119 minutes"),
        (timedelta(minutes=1, seconds=50), "in 1 minute"),
        (timedelta(seconds=20), "in 1 minute"),
        (timedelta(0), "going on now"),
        (timedelta(minutes=-59), "going on now"),
        (timedelta(hours=-1), "over"),
    ],
)
def test_countdown_in_words_of_the_readers_calendar(before, words):
    clock = on_clock(STARTS_AT, STARTS_AT + timedelta(hours=1), "Africa/Nairobi")

    assert countdowns.until(clock, STARTS_AT - before) == words


def test_tomorrow_is_that_of_the_readers_zone():
    now = STARTS_AT - timedelta(hours=8)

    words = [
        countdowns.until(on_clock(STARTS_AT, STARTS_AT + timedelta(hours=1), zone), now)
        for zone in ("America/Lima", "Africa/Nairobi")
    ]

    assert words == ["tomorrow, in 8 hours", "today, in 8 hours"]


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(days=3), "in 3 days"),
        (timedelta(hours=24), "tomorrow"),
        (timedelta(hours=5), "today"),
        (timedelta(minutes=119), "in 119 minutes"),
        (timedelta(minutes=-1), "going on now"),
        (timedelta(hours=-1), "over"),
    ],
)
def test_short_countdown_for_a_subject(before, words):
    clock = on_clock(STARTS_AT, STARTS_AT + timedelta(hours=1), "Africa/Nairobi")

    assert countdowns.in_short(clock, STARTS_AT - before) == words


@pytest.mark.parametrize(
    ("hours", "words"),
    [([72, 24, 1], "3 days, 1 day and 1 hour"), ([36, 2], "36 hours and 2 hours"), ([24], "1 day"), ([], "")],
)
def test_leads_in_words(hours, words):
    assert countdowns.list_of_leads(hours) == words
