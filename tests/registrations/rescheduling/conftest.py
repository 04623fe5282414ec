"""A slot whose change concerns so many people that the worker prepares their mails."""

from datetime import UTC, datetime

import pytest

from registrations.rescheduling import preparing
from tests.factories import OccurrenceFactory


@pytest.fixture
def many_people(monkeypatch):
    """As if everybody of a test were thousands: the worker prepares their mails, two at a time."""
    monkeypatch.setattr(preparing, "PEOPLE_AT_ONCE", 0)
    monkeypatch.setattr(preparing, "PEOPLE_A_BATCH", 2)


@pytest.fixture
def slot():
    return OccurrenceFactory(starts_at=datetime(2030, 10, 8, 7, 0, tzinfo=UTC))
