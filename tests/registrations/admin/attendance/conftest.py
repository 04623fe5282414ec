"""A time slot that was held, and somebody who was registered for it."""

import pytest

from tests.factories import OccurrenceFactory
from tests.support.registrations.attendance import SLOT, register


@pytest.fixture
def slot():
    return OccurrenceFactory(starts_at=SLOT[0], ends_at=SLOT[1])


@pytest.fixture
def amina(slot):
    return register(slot, "Amina Example", "amina@example.org")
