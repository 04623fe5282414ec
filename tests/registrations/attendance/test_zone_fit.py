"""A report that is read in the wrong time zone is recognised by people who came and left by the same hours too late."""

from datetime import UTC, datetime, timedelta

import pytest

from registrations.attendance import zone_fit
from registrations.attendance.reading import Report
from tests.support.registrations.attendance import SLOT, join

PEOPLE = [(-6, 2), (-3, -10), (0, 4), (1, 0), (4, -2), (25, 1), (2, -40)]


def report(zone="Europe/Zurich", *, late, people=PEOPLE, slot=SLOT, is_stated=False):
    """People who came and left so many minutes after the slot begins and ends, and all of them `late` by so many."""
    length = (slot[1] - slot[0]) / timedelta(minutes=1)
    joins = [
        join(length + left - came, email=f"{number}@example.org", start=late + came, slot=slot)
        for number, (came, left) in enumerate(people)
    ]
    return Report("webex", zone, is_stated, True, True, joins, [])


@pytest.mark.parametrize(
    ("zone", "late", "fits"),
    [
        ("Europe/Zurich", 60, "Africa/Nairobi"),
        ("Europe/Zurich", -60, "Europe/London"),
        ("Europe/Zurich", -120, "UTC"),
        ("Europe/Zurich", -6 * 60, "America/New_York"),
        ("Asia/Bangkok", -90, "Asia/Kolkata"),
    ],
)
def test_other_zone_fits(zone, late, fits):
    found = zone_fit.find(report(zone, late=late), SLOT)

    assert (found.zone, found.late) == (fits, timedelta(minutes=late))


def test_zone_of_the_season_comes_first():
    found = zone_fit.find(report("UTC", late=180), SLOT, likely=["Asia/Baghdad"])

    assert found.zone == "Asia/Baghdad"


def test_offset_is_that_of_the_day():
    winter = datetime(2020, 12, 1, 9, tzinfo=UTC), datetime(2020, 12, 1, 10, tzinfo=UTC)

    assert zone_fit.find(report(late=-60, slot=winter), winter).zone == "UTC"


@pytest.mark.parametrize(
    "fine",
    [
        report(late=0),
        # It ended an hour late, or it began an hour late and ended in time.
        report(late=0, people=[(0, 60)] * 5),
        report(late=0, people=[(60, 0)] * 5),
        # No clock on earth is half an hour from that of Geneva.
        report(late=30),
        report(late=24 * 60),
        report("UTC", late=60, is_stated=True),
        report(late=0, people=[]),
    ],
)
def test_no_other_zone_is_named(fine):
    assert zone_fit.find(fine, SLOT) is None
