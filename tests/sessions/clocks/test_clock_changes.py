"""Around a change of clocks, each of the three clocks says in each language what Babel says of that moment."""

from datetime import UTC, datetime, timedelta

import pytest
from babel.dates import format_date, format_time, get_timezone, get_timezone_gmt
from django.utils.translation import override

from sessions.clocks import dates
from sessions.clocks.wall_clock import on_clock

GENEVA = "Europe/Zurich"
CHANGES = {
    "Geneva, back": (GENEVA, datetime(2026, 10, 25, 1, 0)),
    "Geneva, forward": (GENEVA, datetime(2027, 3, 28, 1, 0)),
    "New York, back": ("America/New_York", datetime(2026, 11, 1, 6, 0)),
    "New York, forward": ("America/New_York", datetime(2027, 3, 14, 7, 0)),
    "Lord Howe Island, by half an hour": ("Australia/Lord_Howe", datetime(2026, 10, 3, 15, 30)),
    "Cairo, at midnight": ("Africa/Cairo", datetime(2026, 10, 29, 21, 0)),
    "Santiago, where midnight is missing": ("America/Santiago", datetime(2026, 9, 6, 4, 0)),
}
HALF_AN_HOUR = timedelta(minutes=30)


@pytest.mark.parametrize("language", dates.LOCALES)
@pytest.mark.parametrize(("zone", "change"), CHANGES.values(), ids=CHANGES)
def test_three_clocks_are_those_of_babel(zone, change, language):
    begins, ends = (change.replace(tzinfo=UTC) + shift for shift in (-HALF_AN_HOUR, HALF_AN_HOUR))
    assert offset_at(begins, zone) != offset_at(ends, zone), "the tables of time zones have another rule by now"

    for name in (zone, GENEVA, "UTC"):
        with override(language):
            clock = on_clock(begins, ends, name)
            in_brackets = dates.in_brackets(weekday(ends, name, language))
        hours = [hour(moment, name, language) for moment in (begins, ends)]
        assert [clock.start_hour, clock.end_hour] == hours
        assert clock.hours.index(hours[0]) <= clock.hours.rindex(hours[1])
        assert clock.offset == offset_at(begins, name)
        assert weekday(begins, name, language) in clock.day
        is_another_day = clock.starts_at.date() != clock.ends_at.date()
        assert clock.hours.endswith(in_brackets) == is_another_day


def hour(moment, zone, language) -> str:
    return format_time(moment, "HH:mm", tzinfo=get_timezone(zone), locale=dates.LOCALES[language])


def weekday(moment, zone, language) -> str:
    return format_date(moment.astimezone(get_timezone(zone)), "EEEE", locale=dates.LOCALES[language])


def offset_at(moment, zone) -> str:
    """UTC+5:45, UTC−3, UTC: of Babel's +05:45, −03:00 and Z."""
    found = get_timezone_gmt(moment.astimezone(get_timezone(zone)), width="iso8601")
    if found in ("Z", "+00:00"):
        return "UTC"
    hours, minutes = found[1:3].lstrip("0") or "0", found[-2:]
    sign = "\N{MINUS SIGN}" if found[0] == "-" else "+"
    return f"UTC{sign}{hours}" + ("" if minutes == "00" else f":{minutes}")
