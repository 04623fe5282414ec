"""A rehearsal's own time: never behind the true one, never back, and of no real season."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from sessions.clocks import moment
from sessions.models import Season
from tests.factories import SeasonFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def test_time_of_a_real_season_is_the_true_one():
    before = moment.now()

    assert before <= moment.of(SeasonFactory()) <= moment.now()


def test_time_of_a_rehearsal_is_as_far_ahead_as_it_was_set():
    season = SeasonFactory(is_rehearsal=True)

    assert Season.objects.set_ahead(season.pk, 3 * DAY)

    season.refresh_from_db()
    assert moment.now() + 3 * DAY - timedelta(minutes=1) < moment.of(season) <= moment.now() + 3 * DAY


@pytest.mark.parametrize("ahead", [timedelta(), DAY, 3 * DAY - timedelta(microseconds=1), 3 * DAY])
def test_clock_never_goes_back(ahead):
    season = SeasonFactory(is_rehearsal=True, clock_ahead=3 * DAY)

    assert not Season.objects.set_ahead(season.pk, ahead)

    season.refresh_from_db()
    assert season.clock_ahead == 3 * DAY


def test_form_that_was_read_before_the_clock_moved_leaves_it_where_it_is():
    read_before = SeasonFactory(is_rehearsal=True)
    Season.objects.set_ahead(read_before.pk, DAY)

    read_before.title = "Another title"
    read_before.save()

    stored = Season.objects.get()
    assert (stored.title, stored.clock_ahead) == ("Another title", DAY)


@pytest.mark.parametrize("fields", [{"is_rehearsal": False, "clock_ahead": DAY}, {"clock_ahead": -DAY}])
def test_database_takes_no_clock_of_a_real_season_and_none_behind(fields):
    season = SeasonFactory(is_rehearsal=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        Season.objects.filter(pk=season.pk).update(**fields)


def test_real_season_cannot_be_set_ahead():
    season = SeasonFactory()

    assert not Season.objects.set_ahead(season.pk, DAY)
