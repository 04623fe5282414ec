"""A session held twice, and the form that signs up for it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from registrations.models import Registration
from tests.factories import OccurrenceFactory
from tests.support.registrations.nights import AT_NIGHT


@pytest.fixture
def slot(season):
    """From 07:00 to 08:00 UTC: 10:00 in Nairobi, 02:00 in Lima."""
    return OccurrenceFactory(session__season=season, session__title="Mercury in rice")


@pytest.fixture
def late_slot(slot):
    """From 15:00 to 16:00 UTC: 18:00 in Nairobi, 10:00 in Lima."""
    return OccurrenceFactory(session=slot.session, starts_at=slot.starts_at + timedelta(hours=8))


@pytest.fixture
def address(season):
    return reverse("sign_up:form", args=[season.slug])


@pytest.fixture
def registered():
    return lambda: list(Registration.objects.values_list("occurrence", flat=True))


@pytest.fixture
def at_night(season):
    return OccurrenceFactory(session__season=season, session__title="Mercury in rice", starts_at=AT_NIGHT)


@pytest.fixture
def by_day(at_night):
    return OccurrenceFactory(session=at_night.session, starts_at=AT_NIGHT + timedelta(hours=10))
