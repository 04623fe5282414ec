"""The programme of a season at a glance."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from sessions.admin.season_pages import overview
from sessions.staff import groups
from tests.factories import MaterialFactory, OccurrenceFactory, SeasonFactory, SessionFactory, SpeakerFactory
from tests.support import staff
from tests.support.sessions.admin_pages import page

pytestmark = pytest.mark.django_db
NOW = datetime(2030, 10, 1, tzinfo=UTC)
MEETING = "https://meet.example.org/secret"


def somebody(group):
    groups.set_up()
    user = User.objects.create_user(group, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return staff.sign_in(Client(), user)


def checks(session, now=NOW) -> dict:
    [row] = overview.rows(session.season, now=now)
    return {check.label: check.is_done for check in row.checks}


def test_both_slots_of_a_session_are_in_its_row_with_their_seats():
    slot = OccurrenceFactory(capacity=40, taken=12, waiting=3, session__title="Air")
    OccurrenceFactory(session=slot.session, capacity=None, taken=7)

    [row] = overview.rows(slot.session.season, now=NOW)

    assert [(cell.seats, cell.taken, cell.capacity, cell.waiting) for cell in row.slots] == [
        ("12 of 40", 12, 40, 3),
        ("7, no limit", 0, None, 0),
    ]


def test_before_a_session_its_text_speakers_address_and_registration_are_asked_for():
    session = OccurrenceFactory().session

    asked = {"Text": False, "Speakers": False, "Meeting address": False, "Registration open": True}
    assert checks(session) == asked | {"Recording": None, "Attendance": None}

    SpeakerFactory(session=session)
    session.occurrences.update(meeting_url=MEETING)
    type(session).objects.update(summary="About air", registration_opens_at=NOW + timedelta(days=1))

    done = {"Text": True, "Speakers": True, "Meeting address": True, "Registration open": False}
    assert checks(session) == done | {"Recording": None, "Attendance": None}


def test_session_of_a_draft_season_is_not_called_open_and_its_registration_is_not_asked_for():
    slot = OccurrenceFactory(session__season__is_published=False)
    OccurrenceFactory(session=slot.session, called_off_at=NOW)

    [row] = overview.rows(slot.session.season, now=NOW)

    assert (row.state, [cell.state for cell in row.slots]) == (
        "season not published",
        ["season not published", "called off"],
    )
    assert checks(slot.session)["Registration open"] is None


def test_after_a_session_its_recording_and_attendance_are_asked_for():
    session, later = OccurrenceFactory().session, NOW + timedelta(days=90)
    MaterialFactory(session=session, kind="recording", url="")

    said = [checks(session, later)[label] for label in ("Meeting address", "Recording", "Attendance")]
    assert said == [None, False, False]

    session.materials.update(url="https://example.org/video")
    session.occurrences.update(attendance=12)

    assert [checks(session, later)[label] for label in ("Recording", "Attendance")] == [True, True]


def test_sessions_are_in_the_order_of_their_first_slots_and_those_without_at_the_end():
    season = SeasonFactory()
    SessionFactory(season=season, title="None")
    second, first = (SessionFactory(season=season, title=title) for title in ("Second", "First"))
    OccurrenceFactory(session=second, starts_at=datetime(2030, 10, 9, 7, tzinfo=UTC))
    OccurrenceFactory(session=first, starts_at=datetime(2030, 10, 8, 7, tzinfo=UTC))

    assert [row.title for row in overview.rows(season, now=NOW)] == ["First", "Second", "None"]


def test_page_has_one_number_of_queries(admin_client, django_assert_max_num_queries):
    season, counts = SeasonFactory(), []

    for more in (1, 2):
        for _number in range(more):
            OccurrenceFactory(session=SessionFactory(season=season))
        with django_assert_max_num_queries(12) as captured:
            admin_client.get(page("season_overview", season.pk))
        counts.append(len(captured))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("group", ["Viewer", "Registration officer"])
def test_who_only_looks_has_no_buttons_and_no_meeting_address(group):
    slot = OccurrenceFactory(meeting_url=MEETING, capacity=10)

    text = somebody(group).get(page("season_overview", slot.session.season_id)).text

    assert slot.session.title in text
    assert not any(
        word in text for word in (MEETING, "submit-row", "season-actions", "/withdraw/", "/copy/", "/announce/")
    )


def test_editor_has_every_button():
    slot = OccurrenceFactory()

    text = somebody("Programme editor").get(page("season_overview", slot.session.season_id)).text

    pk = slot.session.season_id
    buttons = [page(f"season_{name}", pk) for name in ("withdraw", "copy", "announce", "open", "change")]
    assert [address in text for address in buttons] == [True] * 5


def test_season_without_sessions_says_so(admin_client):
    text = admin_client.get(page("season_overview", SeasonFactory().pk)).text

    assert "This season has no sessions yet." in text
    assert page("session_add") in text
