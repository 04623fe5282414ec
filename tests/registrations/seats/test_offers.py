"""What the form of the sign-up offers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registrations.seats import offers
from sessions.models import Occurrence
from sessions.public import snapshot
from tests.factories import OccurrenceFactory

pytestmark = pytest.mark.django_db


def test_seats_of_all_sessions_are_read_once_and_not_before_they_are_asked_for(season, django_assert_num_queries):
    now = timezone.now()
    for days in (8, 9):
        OccurrenceFactory(session__season=season, capacity=1, starts_at=now + timedelta(days=days))
    programme = snapshot.at_once(season.slug)
    Occurrence.objects.filter(starts_at=now + timedelta(days=9)).update(taken=1)

    with django_assert_num_queries(0):
        first, second = offers.in_programme(programme, now)
    with django_assert_num_queries(1):
        free = [len(offer.free) for offer in (first, second)]

    assert free == [1, 0]
