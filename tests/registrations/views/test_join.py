"""The page before a meeting: its states, its button, and what it never shows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from registrations.models import Registration
from registrations.presenters.waiting_room import WaitingRoom
from sessions.models import Occurrence
from tests.factories import OccurrenceFactory, RegistrationFactory, SpeakerFactory

pytestmark = pytest.mark.django_db
MEETING = "https://meet.example/j/123?pwd=a&b=c"


def registered(*, starts_in, meeting_url=MEETING, **registration):
    """A registration for an hour that starts so many minutes from now."""
    slot = OccurrenceFactory(starts_at=timezone.now() + timedelta(minutes=starts_in), meeting_url=meeting_url)
    return RegistrationFactory(occurrence=slot, **registration)


def address(registration):
    return reverse("registrations:join", args=[registration.join_key])


def test_waiting_room_has_title_panel_countdown_and_looks_again(client):
    registration = registered(starts_in=90)
    SpeakerFactory(session=registration.session, name="Wanjiru Kamau")

    response = client.get(address(registration))

    assert registration.session.title in response.text
    assert "Wanjiru Kamau" in response.text
    assert "The session starts in 89 minutes." in response.text
    assert "Check your sound" in response.text
    assert response["Refresh"] == f"300; url={address(registration)}"


def test_looking_again_can_be_turned_off(client):
    response = client.get(address(registered(starts_in=90)), {"still": "1"})

    assert "Refresh" not in response
    assert "Update it now, and automatically" in response.text


@pytest.mark.parametrize(("starts_in", "seconds"), [(90, 300), (46, 300), (45, 60), (16, 60), (15.5, 31)])
def test_page_looks_again_more_often_near_the_opening_and_just_after_it(starts_in, seconds):
    registration = registered(starts_in=0)
    now = registration.occurrence.starts_at - timedelta(minutes=starts_in)

    assert WaitingRoom(registration, now).refresh_seconds == seconds


def test_button_leads_to_the_meeting_and_remembers_the_click(client):
    registration = registered(starts_in=10)

    response = client.post(address(registration))

    escaped = MEETING.replace("&", "&amp;")
    assert response.status_code == 200
    assert f'<meta http-equiv="refresh" content="0; url={escaped}">' in response.text
    assert f'href="{escaped}" rel="noreferrer"' in response.text
    assert response["Referrer-Policy"] == "no-referrer"
    assert Registration.objects.get().joined_at is not None


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_address_of_the_meeting_is_not_shown_without_the_button(client, method):
    registration = registered(starts_in=10)

    response = getattr(client, method)(address(registration))

    assert "meet.example" not in response.text + str(response.headers)
    assert Registration.objects.get().joined_at is None


def test_page_says_what_to_do_when_the_meeting_does_not_open(client):
    registration = registered(starts_in=90, participant__name="Wanjiru Kamau")

    response = client.get(address(registration))

    helped = response.text.partition("Can’t get in?")[2].partition("</ul>")[0]
    assert "in your browser or in the program of WebEx" in helped
    assert "Wanjiru Kamau" in helped
    assert "mailto:events@minamata.test" in helped
    assert "telephone" not in helped


def test_telephone_is_shown_after_a_button_to_who_may_see_the_address(client):
    registration = registered(starts_in=10)
    Occurrence.objects.update(meeting_phone="+41 22 555 01 23\ncode 7788#")

    room = client.get(address(registration))
    called = client.post(address(registration), {"by_phone": "1"})

    assert "Show the telephone number" in room.text
    assert "555 01 23" not in room.text
    assert "+41 22 555 01 23<br>code 7788#" in called.text
    assert 'http-equiv="refresh"' not in called.text
    assert Registration.objects.get().joined_at is not None


def test_telephone_is_shown_where_the_meeting_has_no_address(client):
    registration = registered(starts_in=10, meeting_url="")
    Occurrence.objects.update(meeting_phone="+41 22 555 01 23")

    room = client.get(address(registration))
    called = client.post(address(registration), {"by_phone": "1"})

    assert "Show the telephone number" in room.text
    assert "555 01 23" not in room.text
    assert "+41 22 555 01 23" in called.text
    assert "Open the meeting on this device" not in called.text
    assert Registration.objects.get().joined_at is not None


@pytest.mark.parametrize(
    ("starts_in", "changes"),
    [
        (60, {}),
        (-61, {}),
        (10, {"status": Registration.Status.CANCELLED}),
        (10, {"status": Registration.Status.WAITLISTED}),
    ],
)
def test_telephone_is_given_to_nobody_else(client, starts_in, changes):
    registration = registered(starts_in=starts_in, **changes)
    Occurrence.objects.update(meeting_phone="+41 22 555 01 23")

    shown = (
        client.get(address(registration)).text + client.post(address(registration), {"by_phone": "1"}, follow=True).text
    )

    assert "555 01 23" not in shown


def test_button_of_a_number_that_is_gone_opens_the_meeting(client):
    registration = registered(starts_in=10)

    assert 'http-equiv="refresh"' in client.post(address(registration), {"by_phone": "1"}).text


def test_missing_address_is_said_and_the_page_looks_again(client):
    registration = registered(starts_in=10, meeting_url="")

    response = client.get(address(registration))

    assert "We have not set the address of the meeting yet." in response.text
    assert "Enter the meeting" not in response.text
    assert response["Refresh"].startswith("60;")
    assert client.post(address(registration)).url == address(registration)


@pytest.mark.parametrize(
    ("starts_in", "changes", "words"),
    [
        (60, {}, "The button to enter appears here then."),
        (-61, {}, "This session is over."),
        (10, {"status": Registration.Status.CANCELLED}, "You cancelled this registration"),
    ],
)
def test_closed_meeting_says_why_and_gives_no_address(client, starts_in, changes, words):
    registration = registered(starts_in=starts_in, **changes)

    page, answer = client.get(address(registration)), client.post(address(registration), follow=True)

    assert words in page.text
    assert words in answer.text
    assert "meet.example" not in page.text + answer.text
    assert Registration.objects.get().joined_at is None


def test_slot_that_is_called_off_says_so(client):
    registration = registered(starts_in=10)
    registration.occurrence.called_off_at = timezone.now()
    registration.occurrence.save()

    assert "We called this time slot off." in client.get(address(registration)).text


def test_join_page_is_kept_from_caches_search_engines_and_other_sites(client):
    response = client.get(address(registered(starts_in=10)))

    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "strict-origin"


def test_page_asks_the_database_the_same_for_one_speaker_and_for_three(client, django_assert_num_queries):
    registration = registered(starts_in=10)
    for _ in range(2):
        SpeakerFactory(session=registration.session)
        with django_assert_num_queries(2):
            client.get(address(registration))
        SpeakerFactory(session=registration.session)


@pytest.fixture
def read_only():
    """Call it, and the database takes no change from this connection until the test ends."""

    def switch(to):
        with connection.cursor() as cursor:
            cursor.execute(f"SET default_transaction_read_only = {to}")

    yield lambda: switch("on")
    switch("off")


@pytest.mark.django_db(transaction=True)
def test_people_get_in_while_nothing_can_be_stored(client, read_only, caplog):
    registration = registered(starts_in=5)
    read_only()

    answer = client.post(address(registration))

    assert (answer.status_code, answer.context["meeting_url"]) == (200, MEETING)
    assert "a first click was not stored: InternalError" in caplog.text
    assert Registration.objects.get().joined_at is None
