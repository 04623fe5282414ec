"""A slot whose change concerns so many people that the worker prepares their mails."""

from datetime import UTC, datetime

import pytest

from tests.factories import OccurrenceFactory


@pytest.fixture
def slot():
    return OccurrenceFactory(starts_at=datetime(2030, 10, 8, 7, 0, tzinfo=UTC))
