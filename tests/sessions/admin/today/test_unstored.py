"""The start page asks for the figures of a season that is over."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
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


def test_season_is_named_again_when_a_report_is_read_or_undone_after_its_figures_were_stored(admin_client):
    last = slot(-3, session__season__title="Autumn")
    season, now = last.session.season, timezone.now()
    again = "A report of attendance of “Autumn” was read or undone after its figures were stored: store them again."
    again = [(again, page("season_figures", season.pk))]
    storing.store(season_id=season.pk, now=now)
    assert notices() == []

    [report] = take(last, now=now + HOUR)
    assert notices() == again
    assert "these figures do not have that" in admin_client.get(again[0][1]).text

    storing.store(season_id=season.pk, now=now + 2 * HOUR)
    assert notices() == []
    assert "these figures do not have that" not in admin_client.get(again[0][1]).text

    importing.undo(report_id=report.pk, by=None, now=now + 3 * HOUR)
    assert notices() == again

    keeping.publish(season, now=now + 4 * HOUR)
    assert notices() == []


def test_others_are_not_named():
    slot(5, session__season=slot(-3).session.season)
    slot(-3, taken=0)
    slot(-400)
    rehearsal = slot(-3).session.season
    Season.objects.filter(pk=rehearsal.pk).update(is_rehearsal=True)

    assert notices() == []
