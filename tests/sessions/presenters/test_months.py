"""A season that runs all year: links to its months, on the season's clock and over the end of a year."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from sessions.clocks import dates
from tests.factories import OccurrenceFactory, SeasonFactory, SessionFactory, StreamFactory

pytestmark = pytest.mark.django_db
MONTHS = re.compile(r'<li><a href="#(month-[0-9-]+)">([^<]+)</a></li>')


def season_of(weeks):
    season = SeasonFactory(timezone="Pacific/Auckland", place="Auckland")
    stream, now = StreamFactory(season=season), timezone.now()
    for week in range(1, weeks + 1):
        starts_at = now + timedelta(weeks=week)
        OccurrenceFactory(
            session=SessionFactory(season=season, stream=stream),
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
        )
    return season


def test_long_season_has_links_to_each_of_its_months_in_order(client):
    season = season_of(weeks=52)
    starts = [slot.starts_at.astimezone(season.zone) for slot in season_slots(season)]

    page = client.get(season.get_absolute_url()).text

    months = list(dict.fromkeys((f"month-{start:%Y-%m}", dates.month(start)) for start in starts))
    assert MONTHS.findall(page) == months
    assert len(months) in (12, 13)
    assert re.findall(r'<li id="(month-[0-9-]+)">', page) == [anchor for anchor, _words in months]


def test_season_of_a_quarter_has_none(client):
    page = client.get(season_of(weeks=13).get_absolute_url()).text

    assert MONTHS.findall(page) == []
    assert 'id="month-' not in page


def season_slots(season):
    return [slot for session in season.sessions.order_by("pk") for slot in session.occurrences.all()]
