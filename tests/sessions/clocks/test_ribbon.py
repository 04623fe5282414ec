"""The drawing of the day with its night hours."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from sessions.clocks import zones
from sessions.clocks.ribbon import WIDTH, Band, ribbon
from sessions.clocks.wall_clock import on_clock


def draw(text, zone, minutes=60):
    starts_at = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return ribbon(on_clock(starts_at, starts_at + timedelta(minutes=minutes), zone))


def test_ordinary_day_has_night_day_office_day_night():
    drawn = draw("2020-09-17T13:00", "Africa/Nairobi")

    assert [(band.light, band.width) for band in drawn.bands] == [
        ("night", 80.0), ("day", 20.0), ("office", 70.0), ("day", 20.0), ("night", 50.0)
    ]  # fmt: skip
    assert drawn.slot == Band(x=160.0, width=10.0)
    assert [(tick.hour, tick.x) for tick in drawn.ticks] == [(6, 60.0), (12, 120.0), (18, 180.0)]


def test_numbers_of_the_drawing_have_a_point_in_every_language():
    time = {"ribbon": draw("2020-10-25T13:00", "Europe/Zurich")}

    with override("fr"):
        drawn = render_to_string("sessions/_ribbon.html", {"time": time})

    numbers = re.findall(r'(?:x|width)="([^"]+)"', drawn)
    assert [float(number) for number in numbers if "." in number]
    assert not [number for number in numbers if "," in number]


@pytest.mark.parametrize(
    ("text", "zone", "hours"),
    [("2020-10-25T13:00", "Europe/Zurich", 25), ("2021-03-28T13:00", "Europe/Zurich", 23),
     ("2020-10-04T03:00", "Australia/Lord_Howe", 23.5), ("2020-09-06T13:00", "America/Santiago", 23)],
)  # fmt: skip
def test_day_of_a_clock_change_is_longer_or_shorter(text, zone, hours):
    assert draw(text, zone).hours == hours


def test_noon_is_where_it_belongs_on_a_day_of_25_hours():
    drawn = draw("2020-10-25T11:00", "Europe/Zurich")

    assert drawn.slot.x == drawn.ticks[1].x == 124.8


def test_slot_over_midnight_is_cut_and_says_so():
    drawn = draw("2020-10-01T22:30", "Europe/London", minutes=60)

    assert drawn.runs_on
    assert drawn.slot == Band(x=235.0, width=5.0)


@given(
    zone=st.sampled_from(sorted(zones.zone_names())),
    starts_at=st.datetimes(datetime(2020, 1, 2), datetime(2027, 12, 30)),
)
def test_bands_fill_the_day_and_the_slot_lies_on_it(zone, starts_at):
    drawn = draw(starts_at.isoformat(), zone)

    edges = [0.0]
    for band in drawn.bands:
        assert band.x == pytest.approx(edges[-1], abs=0.11)
        assert band.width > 0
        edges.append(band.x + band.width)
    assert edges[-1] == pytest.approx(WIDTH, abs=0.11)
    assert 0 <= drawn.slot.x <= drawn.slot.x + drawn.slot.width <= WIDTH + 0.11
