"""Sessions that are over and lack a recording, or the number of who came."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sessions.admin.today import lacking
from tests.factories import MaterialFactory, OccurrenceFactory

pytestmark = pytest.mark.django_db


def over(days=2, **more):
    """The session of a slot that ended so many days ago."""
    ends_at = timezone.now() - timedelta(days=days)
    more = {"session__season__is_published": True, "attendance": 4} | more
    return OccurrenceFactory(starts_at=ends_at - timedelta(hours=1), ends_at=ends_at, **more).session


def recorded(session):
    MaterialFactory(session=session, kind="recording", url="https://video.example.org/1")
    return session


def found():
    return list(lacking.sessions(timezone.now()))


def test_session_without_a_recording_is_found_until_it_has_one():
    session = over()
    assert found() == [session]

    recorded(session)
    assert found() == []


def test_session_without_a_number_of_who_came_is_found_until_it_has_one():
    session = recorded(over(attendance=None))
    assert found() == [session]

    session.attendance_total = 0
    session.save()
    assert found() == []


def test_session_with_a_slot_to_come_is_not_over():
    OccurrenceFactory(session=over())

    assert found() == []


def test_nobody_is_asked_after_a_month_of_a_draft_or_of_a_rehearsal():
    over(days=31)
    over(session__is_published=False)
    over(session__season__is_rehearsal=True)
    over(called_off_at=timezone.now())

    assert found() == []


def test_start_page_leads_to_the_season(admin_client):
    season = over(session__season__title="Season 3").season

    page = admin_client.get(reverse("admin:index")).text

    assert "1 session of “Season 3” is over and has no recording, or no number of who came." in page
    assert reverse("admin:online_sessions_season_overview", args=[season.pk]) in page
