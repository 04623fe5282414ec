"""What tests of several rooms need."""

import pytest

from registrations.mail import batches
from tests.factories import OccurrenceFactory, SeasonFactory


@pytest.fixture
def season():
    return SeasonFactory()


@pytest.fixture
def slot(season):
    return OccurrenceFactory(session__season=season)


@pytest.fixture
def many_people(monkeypatch):
    """As if everybody of a test were thousands: the worker sees to them, two at a time."""
    monkeypatch.setattr(batches, "PEOPLE_AT_ONCE", 0)
    monkeypatch.setattr(batches, "PEOPLE_A_BATCH", 2)
