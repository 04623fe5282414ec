"""Moments as clocks in a zone show them, also when these are put forward or back."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override
from hypothesis import example, given
from hypothesis import strategies as st

from sessions.clocks import wall_clock, zones
from tests.factories import OccurrenceFactory, SeasonFactory
from tests.support.thorough import first_always

CLOCK_CHANGES = [date(2020, 9, 27), date(2020, 10, 4), date(2020, 10, 25), date(2020, 11, 1), date(2020, 11, 8)]
HOUR = timedelta(hours=1)


def every_zone():
    return sorted(zones.zone_names())


def test_label_of_a_clock_on_an_offset_begins_with_utc_and_of_every_other_with_a_place():
    starts_at = datetime(2030, 10, 8, 7, tzinfo=UTC)
    clocks = [wall_clock.on_clock(starts_at, starts_at + HOUR, zone) for zone in [*every_zone(), "Etc/GMT+5"]]

    assert {clock.is_on_offset for clock in clocks} == {True, False}
    assert [clock.zone for clock in clocks if clock.is_on_offset != clock.label.startswith("UTC")] == []


@pytest.mark.parametrize("day", first_always(CLOCK_CHANGES), ids=str)
def test_three_clocks_show_one_instant_in_every_zone_on_days_of_clock_change(day):
    season = SeasonFactory.build()
    starts_at = datetime(day.year, day.month, day.day, 13, 0, tzinfo=UTC)

    for zone in every_zone():
        three = wall_clock.three_clocks(starts_at, starts_at + HOUR, reader_zone=zone, season=season)

        assert {clock.starts_at.astimezone(UTC) for clock in three.all} == {starts_at}
        assert three.reader.starts_at.replace(tzinfo=None) == starts_at.replace(tzinfo=None) + _offset(zone, starts_at)
        assert three.season.starts_at.hour == (15 if day < date(2020, 10, 25) else 14)


@given(
    zone=st.sampled_from(every_zone()),
    starts_at=st.datetimes(datetime(2020, 9, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
)
def test_three_clocks_show_one_instant_at_any_time(zone, starts_at):
    three = wall_clock.three_clocks(starts_at, starts_at + HOUR, reader_zone=zone, season=SeasonFactory.build())

    shown = three.reader.starts_at
    assert shown.astimezone(UTC) == starts_at
    assert three.reader.offset == zones.offset(zone, starts_at)
    assert three.reader.hours.startswith(f"{shown:%H:%M}\N{EN DASH}")


def test_clocks_name_place_offset_weekday_and_date():
    starts_at = datetime(2020, 9, 17, 13, 0, tzinfo=UTC)

    three = wall_clock.three_clocks(
        starts_at, starts_at + HOUR, reader_zone="Asia/Kathmandu", season=SeasonFactory.build()
    )

    assert [(clock.label, clock.day, clock.hours) for clock in three.all] == [
        ("Kathmandu, UTC+5:45", "Thursday 17 September 2020", "18:45–19:45"),
        ("Geneva, UTC+2", "Thursday 17 September 2020", "15:00–16:00"),
        ("UTC", "Thursday 17 September 2020", "13:00–14:00"),
    ]


def test_apia_reads_the_next_day():
    starts_at = datetime(2020, 12, 1, 13, 0, tzinfo=UTC)

    clock = wall_clock.on_clock(starts_at, starts_at + HOUR, "Pacific/Apia")

    # Samoa kept summer time until 2021.
    assert (clock.label, clock.day, clock.hours) == ("Apia, UTC+14", "Wednesday 2 December 2020", "03:00–04:00")
    assert clock.is_at_night


def test_slot_over_midnight_names_the_day_of_its_end():
    clock = wall_clock.on_clock(*_utc("2020-10-01T22:30", 60), "Europe/London")

    assert clock.hours == "23:30–00:30 (Friday)"


def test_reader_in_the_season_zone_is_shown_two_clocks():
    season = SeasonFactory.build()

    three = wall_clock.three_clocks(*_utc("2020-10-01T13:00", 60), reader_zone="Europe/Zurich", season=season)

    assert [clock.label for clock in three.all] == ["Geneva, UTC+2", "UTC"]


def test_each_language_has_words_of_its_own_whenever_they_are_asked_for():
    of_slot = {"reader_zone": "Asia/Kathmandu", "season": SeasonFactory.build()}

    with override("en"):
        english = wall_clock.kept_clocks(*_utc("2020-09-17T13:00", 60), **of_slot)
    with override("fr"):
        french = wall_clock.kept_clocks(*_utc("2020-09-17T13:00", 60), **of_slot)
        said = [(three.reader.day, three.utc.short_day) for three in (english, french)]

    assert said == [("Thursday 17 September 2020", "Thu 17 Sep"), ("jeudi 17 septembre 2020", "jeu. 17 sept.")]


@pytest.mark.parametrize(
    ("hours", "part"),
    [("05:59", "night"), ("06:00", "early morning"), ("08:00", "morning"), ("12:00", "afternoon"),
     ("18:00", "evening"), ("21:59", "evening"), ("22:00", "night")],
)  # fmt: skip
def test_part_of_day_begins_at(hours, part):
    clock = wall_clock.on_clock(*_utc(f"2020-10-01T{hours}", 60), "UTC")

    assert clock.part_of_day == part


@pytest.mark.parametrize(
    ("zone", "nearest"),
    [("Africa/Nairobi", 0), ("America/Lima", 1), ("Pacific/Apia", 0), ("Asia/Kathmandu", 0), ("Asia/Tokyo", 0),
     ("America/New_York", 1), ("Europe/Zurich", 1)],
)  # fmt: skip
def test_nearest_slot_is_the_one_closest_to_office_hours(zone, nearest):
    slots = [_slot("2020-10-08T07:00"), _slot("2020-10-08T13:00")]

    assert wall_clock.nearest_slot(slots, zone) is slots[nearest]


def test_nearest_slot_of_equals_is_the_earlier():
    slots = [_slot("2020-10-08T13:00"), _slot("2020-10-08T11:00")]

    assert wall_clock.nearest_slot(slots, "UTC") is slots[1]


def test_late_evening_is_counted_from_the_close_of_the_same_day():
    assert wall_clock.minutes_outside_office_hours(*_utc("2020-10-08T22:00", 60), "UTC") == 6 * 60


@given(zone=st.sampled_from(every_zone()), hour=st.integers(0, 23))
def test_no_slot_is_further_from_office_hours_than_the_night_is_long(zone, hour):
    starts_at = datetime(2020, 10, 8, hour, tzinfo=UTC)

    distance = wall_clock.minutes_outside_office_hours(starts_at, starts_at + HOUR, zone)

    assert 0 <= distance <= 9 * 60
    local = starts_at.astimezone(ZoneInfo(zone))
    assert (distance == 0) == (10 * 60 <= local.hour * 60 + local.minute <= 16 * 60)


def test_wall_time_in_a_gap_does_not_exist():
    assert wall_clock.wall_time(datetime(2021, 3, 28, 2, 30), "Europe/Zurich") is None


def test_wall_time_in_an_overlap_is_the_first_and_ambiguous():
    twice = datetime(2020, 10, 25, 2, 30)

    assert wall_clock.wall_time(twice, "Europe/Zurich") == datetime(2020, 10, 25, 0, 30, tzinfo=UTC)
    assert wall_clock.is_ambiguous(twice, "Europe/Zurich")
    assert not wall_clock.is_ambiguous(datetime(2021, 3, 28, 2, 30), "Europe/Zurich")


@example(zone="Antarctica/Troll", day=date(2021, 10, 31))
@given(zone=st.sampled_from(every_zone()), day=st.dates(date(2020, 1, 2), date(2027, 12, 30)))
def test_days_follow_each_other_without_gap(zone, day):
    begins, ends = wall_clock.day_limits(day, zone)

    assert timedelta(hours=22) <= ends - begins <= timedelta(hours=26)
    assert begins.astimezone(ZoneInfo(zone)).date() == day
    assert (begins - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date() < day


def _utc(text, minutes):
    starts_at = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return starts_at, starts_at + timedelta(minutes=minutes)


def _slot(text):
    starts_at, ends_at = _utc(text, 60)
    return OccurrenceFactory.build(session=None, starts_at=starts_at, ends_at=ends_at)


def _offset(zone, moment):
    return moment.astimezone(ZoneInfo(zone)).utcoffset()
