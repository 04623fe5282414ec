"""Times that a slot cannot be moved to, and times that staff are warned of."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from sessions.models import Occurrence, Season, Session
from tests.factories import OccurrenceFactory, SeasonFactory
from tests.support.messages import said
from tests.support.races import just_before_the_lock
from tests.support.sessions.admin_pages import confirmed, page
from tests.support.sessions.moving import AT_THREE, preview, slot_with_two_people, state

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    return slot_with_two_people()


def test_times_over_another_slot_of_the_session_are_refused(admin_client, slot):
    seen = preview(admin_client, slot)
    OccurrenceFactory(session=slot.session, starts_at=AT_THREE)
    before = state(slot)

    response = admin_client.post(page("occurrence_move", slot.pk), confirmed(seen, people=2))

    assert "This session has a time slot then" in response.context["form"].errors["begins"][0]
    assert state(slot) == before


def test_slot_that_comes_in_the_way_at_the_last_moment_is_said_beside_the_field(admin_client, slot):
    seen = confirmed(preview(admin_client, slot), people=2)
    before = state(slot)

    with just_before_the_lock(lambda: OccurrenceFactory(session=slot.session, starts_at=AT_THREE)):
        response = admin_client.post(page("occurrence_move", slot.pk), seen)

    assert "This session has a time slot then" in response.context["form"].errors["begins"][0]
    assert state(slot) == before


def test_slot_that_is_called_off_at_the_last_moment_is_not_moved(admin_client, slot):
    seen = confirmed(preview(admin_client, slot), people=2)

    with just_before_the_lock(lambda: Occurrence.objects.update(called_off_at=slot.changed_at)):
        response = admin_client.post(page("occurrence_move", slot.pk), seen)

    assert state(slot)[1:] == (0, 0)
    assert said(response)[0].startswith("This time slot is called off already.")


@pytest.mark.parametrize(
    ("day", "begins", "ends", "field", "words"),
    [
        ("2030-12-16", "15:00", "16:00", "day", "The season runs from 1 September 2030 to 15 December 2030."),
        ("0001-01-01", "00:00", "01:00", "day", "The season runs from 1 September 2030 to 15 December 2030."),
        ("2030-10-27", "02:30", "04:00", "begins", "Geneva has 02:30 twice on Sunday 27 October 2030"),
        ("2030-10-08", "15:00", "14:00", "ends", "The end must be after the start."),
    ],
)
def test_impossible_times_are_refused_beside_their_field(admin_client, slot, day, begins, ends, field, words):
    before = state(slot)

    response = preview(admin_client, slot, day=day, begins=begins, ends=ends)

    assert words in response.context["form"].errors[field][0]
    assert f'value="{begins}"' in response.content.decode()
    assert state(slot) == before


def test_last_day_of_the_calendar_ends_after_no_midnight(admin_client, slot):
    response = preview(admin_client, slot, day="9999-12-31", begins="23:30", ends="00:30", past_midnight="on")

    assert list(response.context["form"].errors) == ["day"]


def test_hour_that_the_clock_skips_is_refused(admin_client, slot):
    Season.objects.update(ends_on=date(2031, 4, 30))

    response = preview(admin_client, slot, day="2031-03-30", begins="02:30", ends="04:00")

    [error] = response.context["form"].errors["begins"]
    assert error.startswith("There is no 02:30 in Geneva on Sunday 30 March 2031")
    assert error.endswith("Choose another time.")


def test_past_is_refused_when_people_would_be_invited_to_it(admin_client, slot):
    Season.objects.update(starts_on=date(2020, 1, 1))
    before = state(slot)

    response = preview(admin_client, slot, day="2020-10-08")

    [error] = response.context["form"].errors["begins"]
    assert error.startswith("This time is in the past, and 2 people are confirmed")
    assert state(slot) == before


def test_slot_that_is_being_held_may_get_another_end(admin_client, slot):
    now = timezone.now().replace(second=0, microsecond=0)
    begun, zone = now - timedelta(minutes=20), slot.session.season.zone
    Occurrence.objects.update(starts_at=begun, ends_at=now + timedelta(minutes=20))
    Season.objects.update(starts_on=begun.date() - timedelta(days=1))
    local, end = begun.astimezone(zone), (now + timedelta(minutes=50)).astimezone(zone)
    past_midnight = {"past_midnight": "on"} if end.date() > local.date() else {}

    response = preview(
        admin_client, slot, begins=f"{local:%H:%M}", ends=f"{end:%H:%M}", day=f"{local:%Y-%m-%d}", **past_midnight
    )

    assert response.context["warnings"][0] == "This time is in the past."
    assert response.context["effect"].leave == "The mails leave at once, because the time of the slot has come."


def test_preview_warns_of_the_past_and_of_other_sessions(admin_client):
    season = SeasonFactory(starts_on=date(2020, 1, 1))
    slot = OccurrenceFactory(session__season=season)
    OccurrenceFactory(
        session__season=season, session__title="Gold mining", starts_at=datetime(2020, 10, 8, 13, 0, tzinfo=UTC)
    )

    past, overlap = preview(admin_client, slot, day="2020-10-08").context["warnings"]

    assert past == "This time is in the past."
    assert overlap.startswith("At the same time as “Gold mining”")


def test_preview_warns_of_a_time_before_registration_opens(admin_client, slot):
    Session.objects.update(registration_opens_at=datetime(2030, 10, 8, 13, 0, tzinfo=UTC))

    [warning] = preview(admin_client, slot).context["warnings"]

    assert warning == (
        "It begins on Tuesday 8 October 2030, 15:00 (Geneva, UTC+2), and registration opens only on "
        "Tuesday 8 October 2030, 15:00 (Geneva, UTC+2). Nobody can register for it before it begins. "
        "To correct that, change “Registration opens” in the form of the session."
    )


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ("15:09", "It lasts only 9 min. Please check the times."),
        ("19:30", "It lasts 4 h 30 min, which is unusually long. Please check the times."),
    ],
)
def test_preview_warns_of_an_unusual_length(admin_client, slot, ends, words):
    assert preview(admin_client, slot, ends=ends).context["warnings"] == [words]


@pytest.mark.parametrize("ends", ["15:10", "19:00"])
def test_preview_accepts_usual_lengths(admin_client, slot, ends):
    assert preview(admin_client, slot, ends=ends).context["warnings"] == []
