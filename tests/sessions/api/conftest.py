"""A programme that is coming, and somebody who asks the API about it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import OccurrenceFactory

IN_TWO_WEEKS = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=14)


@pytest.fixture
def slot():
    """A time slot of the season “autumn”."""
    return OccurrenceFactory(
        starts_at=IN_TWO_WEEKS,
        session__slug="air",
        session__title="Mercury in air",
        session__season__slug="autumn",
        session__season__title="Autumn",
    )


@pytest.fixture
def ask(client):
    """The answer to `ask("slots/", lang="fr")` about the season “autumn”, from JSON."""

    def asks(path="", season="autumn", **asked):
        answer = client.get(f"/api/v1/seasons/{season}/{path}", {name.strip("_"): each for name, each in asked.items()})
        assert answer.status_code == 200, answer.text
        return answer.json()

    return asks
