"""The start page says that a season with people is hidden."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import RequestFactory
from django.utils import timezone

from sessions.admin.today import withdrawn
from sessions.models import Season
from tests.factories import OccurrenceFactory
from tests.support.sessions.admin_pages import page

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def notices(*, may_see=True):
    request = RequestFactory().get("/")
    request.user = User(is_active=may_see, is_superuser=may_see)
    return withdrawn.notices(request)


def slot(hours, taken, **more):
    starts_at = timezone.now() + hours * HOUR
    return OccurrenceFactory(starts_at=starts_at, ends_at=starts_at + HOUR, taken=taken, **more)


def test_hidden_season_is_named_while_people_have_places_in_it():
    first = slot(2, 3, waiting=1, session__season__title="Autumn")
    slot(30, 1, session__season=first.session.season)
    slot(-9, 7, session__season=first.session.season)
    assert notices() == []

    Season.objects.update(is_published=False)

    words = "Nobody outside the staff sees “Autumn”, in which people have 5 places."
    assert notices() == [(words, page("season_overview", first.session.season_id))]
    assert notices(may_see=False) == []


def test_draft_without_people_is_not_named():
    slot(2, 0, session__season__is_published=False)
    slot(-9, 7, session__season__is_published=False)

    assert notices() == []
