"""Time slots of the next days on the start page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sessions.admin.today import coming
from sessions.clocks.wall_clock import on_clock
from tests.factories import OccurrenceFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def slot_in(days, **more):
    starts_at = timezone.now() + days * DAY
    more = {"meeting_url": "https://meet.example.org/1", "session__season__is_published": True} | more
    return OccurrenceFactory(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), **more)


def test_slots_of_the_next_seven_days_are_shown_in_order():
    slot_in(6.9, session__title="Later")
    slot_in(-0.01, session__title="Now")
    slot_in(7.1, session__title="Too late")
    slot_in(-1, session__title="Over")
    slot_in(1, session__title="Called off", called_off_at=timezone.now())
    slot_in(1, session__title="Practice", session__season__is_rehearsal=True)

    assert [row.session for row in coming.rows(timezone.now())] == ["Now", "Later"]


def test_row_says_how_full_it_is_and_that_the_meeting_has_no_address():
    slot_in(1, meeting_url="", capacity=10, taken=9, waiting=2)

    [row] = coming.rows(timezone.now())

    assert "9 of 10" in row.seats
    assert "Nearly full: 90 %" in row.seats
    assert "2 people wait" in row.seats
    assert row.warnings == ["The meeting has no address yet."]


def test_draft_is_called_so():
    slot_in(1, session__is_published=False)

    assert [row.state for row in coming.rows(timezone.now())] == ["not published"]


def test_empty_list_says_when_the_next_one_is_and_that_rehearsals_are_left_out():
    slot_in(1, session__title="Practice", session__season__is_rehearsal=True)
    assert coming.notes_on_none(timezone.now()) == ["Time slots of rehearsals are not shown here."]

    later = slot_in(9, session__title="Later")
    slot_in(12)

    clock = on_clock(later.starts_at, later.starts_at, "Europe/Zurich", "Geneva")
    assert coming.notes_on_none(timezone.now())[0] == f"The next one: Later, {clock.start_in_words}."


def test_start_page_shows_them_or_says_that_there_are_none(admin_client):
    index = reverse("admin:index")
    assert "No session is held in the next 7 days." in admin_client.get(index).text

    slot_in(1, session__title="Mercury in air")

    assert "Mercury in air" in admin_client.get(index).text
