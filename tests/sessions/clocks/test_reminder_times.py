"""When a reminder is due and helps, and which sessions one mail tells of."""

from datetime import UTC, datetime, timedelta

import pytest

from sessions.clocks import reminder_times

HOUR = timedelta(hours=1)
NAIROBI, AUCKLAND, ZURICH = "Africa/Nairobi", "Pacific/Auckland", "Europe/Zurich"
TUESDAY = datetime(2030, 10, 8, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "leads", "before"),
    [(72, [72, 24, 1], 48), (24, [72, 24, 1], 2), (1, [72, 24, 1], 0), (24, [24, 22, 20], 23), (1, [1], 0)],
)
def test_late_reminder_helps_until_the_next_is_near_or_the_session_begins(hours, leads, before):
    assert reminder_times.ends_at(TUESDAY, hours, leads) == TUESDAY - before * HOUR


@pytest.mark.parametrize(
    ("first", "later", "zone", "is_one_day"),
    [
        # 10:00 and 23:59, then midnight.
        (TUESDAY, TUESDAY + timedelta(hours=13, minutes=59), NAIROBI, True),
        (TUESDAY, TUESDAY + 14 * HOUR, NAIROBI, False),
        # 20:00 and 23:00 in Auckland, then midnight.
        (TUESDAY, TUESDAY + 3 * HOUR, AUCKLAND, True),
        (TUESDAY, TUESDAY + 4 * HOUR, AUCKLAND, False),
        (TUESDAY, TUESDAY, NAIROBI, True),
        (TUESDAY + HOUR, TUESDAY, NAIROBI, False),
        # Midnight, and 23:30 of a day of 25 hours.
        (datetime(2030, 10, 26, 22, 0, tzinfo=UTC), datetime(2030, 10, 27, 22, 30, tzinfo=UTC), ZURICH, True),
        (TUESDAY, TUESDAY + HOUR, "No/Such_Zone", True),
    ],
)
@pytest.mark.parametrize("hours", [24, 72])
def test_a_day_or_more_before_the_sessions_of_a_day_in_the_persons_zone_are_one_mail(
    first, later, zone, is_one_day, hours
):
    assert reminder_times.are_told_together(first, later, hours=hours, zone=zone) == is_one_day


@pytest.mark.parametrize(("minutes", "is_one_mail"), [(0, True), (59, True), (60, False), (-1, False)])
@pytest.mark.parametrize("hours", [1, 23])
def test_nearer_those_that_start_less_than_an_hour_apart_are_one_mail(minutes, is_one_mail, hours):
    later = TUESDAY + timedelta(minutes=minutes)

    assert reminder_times.are_told_together(TUESDAY, later, hours=hours, zone=NAIROBI) == is_one_mail
