"""What tests of several rooms need."""

import time

import pytest

from registrations.limits import rates
from registrations.mail import batches
from tests.factories import OccurrenceFactory, SeasonFactory


@pytest.fixture
def season():
    return SeasonFactory()


@pytest.fixture
def slot(season):
    return OccurrenceFactory(session__season=season)


@pytest.fixture
def within_a_minute(monkeypatch):
    """The clock of the limits does not move, so that no full minute begins during the test."""
    began = time.time()
    monkeypatch.setattr(rates.time, "time", lambda: began)


@pytest.fixture
def many_people(monkeypatch):
    """As if everybody of a test were thousands: the worker sees to them, two at a time."""
    monkeypatch.setattr(batches, "PEOPLE_AT_ONCE", 0)
    monkeypatch.setattr(batches, "PEOPLE_A_BATCH", 2)
