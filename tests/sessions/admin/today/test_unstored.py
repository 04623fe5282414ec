"""The start page asks for the figures of a season that is over."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.cache import caches
from django.test import RequestFactory
from django.utils import timezone

from registrations.attendance import importing
from registrations.figures import keeping, storing
from sessions.admin.today import unstored
from sessions.models import Season
from tests.factories import OccurrenceFactory
from tests.support.registrations.attendance import take
from tests.support.sessions.admin_pages import page

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def notices(*, may_see=True):
    request = RequestFactory().get("/")
    request.user = User(is_active=may_see, is_superuser=may_see)
    return unstored.notices(request)


def slot(days, *, taken=3, **more):
    starts_at = timezone.now() + days * DAY
    return OccurrenceFactory(starts_at=starts_at, ends_at=starts_at + DAY / 24, taken=taken, **more)


def test_season_that_is_over_is_named_until_its_figures_are_stored():
    season = slot(-3, session__season__title="Autumn").session.season
    slot(5, session__season=season, called_off_at=timezone.now())

    words = "“Autumn” is over: add the reports of attendance, then store its figures."
    assert notices() == [(words, page("season_figures", season.pk))]
    assert notices(may_see=False) == []

    storing.store(season_id=season.pk, now=timezone.now())
    assert notices() == []


def test_season_is_named_again_within_ten_minutes_when_something_changes_that_was_stored(admin_client):
    last = slot(-3, session__season__title="Autumn")
    season, now = last.session.season, timezone.now()
    storing.store(season_id=season.pk, now=now)
    assert notices() == []

    [report] = take(last, now=now + HOUR)
    assert notices() == []
    [(words, address)] = ten_minutes_later()
    figures = admin_client.get(address).text
    assert words.startswith("Figures of “Autumn” were stored on ")
    assert words.endswith(" Since then something has changed that they count: store them again.")
    assert "Attendances: – are stored, now it would be 0." in figures
    assert "Tables that would differ, in numbers, names or times: By session, By time slot" in figures

    storing.store(season_id=season.pk, now=now + 2 * HOUR)
    assert notices() == []
    assert "something has changed" not in admin_client.get(address).text

    importing.undo(report_id=report.pk, by=None, now=now + 3 * HOUR)
    assert len(ten_minutes_later()) == 1

    keeping.publish(season, now=now + 4 * HOUR)
    assert ten_minutes_later() == []


def ten_minutes_later():
    """What was found before is forgotten then."""
    caches["answers"].clear()
    return notices()


def test_others_are_not_named():
    slot(5, session__season=slot(-3).session.season)
    slot(-3, taken=0)
    slot(-400)
    rehearsal = slot(-3).session.season
    Season.objects.filter(pk=rehearsal.pk).update(is_rehearsal=True)

    assert notices() == []
