"""On the day: by the personal link into the meeting, with one click that is remembered."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories import OccurrenceFactory, RegistrationFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MEETING = "https://meeting.example.org/room-4711"


@pytest.fixture
def registration():
    """For a session that began five minutes ago."""
    starts_at = timezone.now() - timedelta(minutes=5)
    slot = OccurrenceFactory(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), meeting_url=MEETING)
    return RegistrationFactory(occurrence=slot)


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts on", "scripts off"])
def test_one_click_leads_into_the_meeting_and_is_remembered(open_page, site, registration, javascript):
    # Given somebody whose meeting is open, and a meeting service somewhere else
    page = open_page(javascript=javascript, width=360)
    page.route("https://meeting.example.org/**", lambda route: route.fulfill(body="<h1>The meeting</h1>"))
    page.goto(f"{site}/join/{registration.join_key}/")
    assert MEETING not in page.content()
    registration.refresh_from_db()
    assert registration.joined_at is None

    # When they press the button
    page.get_by_role("button").click()

    # Then they are in the meeting, and the first click is their attendance
    expect(page.get_by_role("heading", name="The meeting")).to_be_visible()
    assert page.url == MEETING
    registration.refresh_from_db()
    assert registration.joined_at is not None
