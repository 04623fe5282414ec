"""Dates and times in the ways of platforms and languages."""

from datetime import datetime

import pytest

from registrations.attendance import moments

AFTERNOON = datetime(2020, 9, 17, 15, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2020-09-17 15:05:00",
        "2020-09-17T15:05",
        "2020/9/17 15:05",
        '="2020-09-17 15:05:00"',
        "17/09/20, 15:05:00",
        "17.09.2020 15:05",
        "17.9.2020 15.05",
        "9/17/20, 3:05:00\u202fPM",
        "09/17/2020 03:05:00 p.m.",
        "Sep 17, 2020 3:05 PM",
        "September 17, 2020 15:05:00",
        "17 Sep 2020 15:05",
        "2020/9/17 下午3:05",
        "١٧/٩/٢٠٢٠ ٣:٠٥ م",
        "１７/０９/２０２０ １５:０５",
    ],
)
def test_same_moment_in_many_ways(text):
    found = {moments.read(text, day_first=day_first) for day_first in (True, False)} - {None}

    assert found == {AFTERNOON}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "--",
        "NA",
        "15:05",
        "17/09/2020",
        "Amina",
        "17/13/2020 15:05",
        "31/02/2020 15:05",
        "9/17/20 13:05 PM",
        "0/1/1 1:1",
        "2020-09-17 25:00",
        "99999-01-01 10:00",
        "17 Foo 2020 15:05",
        "1h 50m 29s",
        "900 000 0002",
        "= 1",
    ],
)
def test_what_says_no_moment_is_none(text):
    assert not moments.is_moment(text)


@pytest.mark.parametrize(
    ("time", "hour"), [("12:00 AM", 0), ("12:00 PM", 12), ("1:00 AM", 1), ("11:59 PM", 23), ("00:00", 0), ("12:00", 12)]
)
def test_twelve_is_midnight_or_noon(time, hour):
    assert moments.read(f"17/9/2020 {time}", day_first=True).hour == hour


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["17/9/2020 15:00", "--"], True),
        (["9/17/2020 15:00"], False),
        (["9/7/2020 15:00", "7/7/2020 15:00"], None),
        (["9/7/2020 15:00", "9/17/2020 15:00"], False),
        (["17/9/2020 15:00", "9/17/2020 15:00"], None),
        (["2020-09-17 15:00"], None),
        ([], None),
    ],
)
def test_order_of_day_and_month_is_told_by_a_late_day_only(texts, order):
    assert moments.day_order(texts) is order
