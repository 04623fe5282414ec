"""In the tables of a form each box has a name, as those for a day and a time have."""

import re

import pytest
from django.urls import reverse

from tests.factories import SpeakerFactory, StreamFactory

pytestmark = pytest.mark.django_db


def boxes_without_a_name(page, prefix) -> list[str]:
    found = re.findall(rf'<(?:input|select|textarea)(?=[^>]*name="{prefix})[^>]*>', page)
    assert found
    return [box for box in found if 'type="hidden"' not in box and "aria-label=" not in box]


def test_boxes_of_a_stream_are_named(admin_client):
    season = StreamFactory().season

    page = admin_client.get(reverse("admin:online_sessions_season_change", args=[season.pk])).text

    assert boxes_without_a_name(page, "streams-0") == []


@pytest.mark.parametrize("prefix", ["speakers-0", "registration_opens_at", "registration_closes_at"])
def test_boxes_of_a_session_are_named(admin_client, prefix):
    session = SpeakerFactory().session

    page = admin_client.get(reverse("admin:online_sessions_session_change", args=[session.pk])).text

    assert boxes_without_a_name(page, prefix) == []
