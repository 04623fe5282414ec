"""The API knows what a stranger sees on the pages: nothing of people, of what is hidden, of drafts and rehearsals."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from registrations.seats import availability
from sessions.models import Occurrence, Part, Season
from sessions.slot_states import SlotState
from tests.factories import (
    InvitationFactory,
    MaterialFactory,
    OccurrenceFactory,
    RegistrationFactory,
    SpeakerFactory,
)
from tests.sessions.api.conftest import IN_TWO_WEEKS
from tests.support.registrations.inviting import hidden_slot

pytestmark = pytest.mark.django_db
SEASON = "/api/v1/seasons/autumn/"
LISTS = ["sessions/", "slots/", "materials/", "slots/?coming=true", ""]


def everything(client, season="autumn") -> str:
    seasons = client.get("/api/v1/seasons/").text
    return seasons + "".join(client.get(f"/api/v1/seasons/{season}/{path}").text for path in LISTS)


@pytest.fixture
def hidden(slot):
    found = hidden_slot(
        session__season=slot.session.season,
        session__stream=slot.session.stream,
        session__slug="quetzalcoatl",
        session__title="Quetzalcoatl behind doors",
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
    )
    MaterialFactory(session=found.session, title="Quetzalcoatl", url="https://example.org/quetzalcoatl")
    return found


def test_hidden_session_changes_no_octet(client, slot):
    before = everything(client)

    hidden_slot(session__season=slot.session.season, session__stream=slot.session.stream, starts_at=slot.starts_at)

    assert everything(client) == before


def test_hidden_session_is_answered_as_one_that_was_never_there(client, hidden):
    answers = [client.get(f"{SEASON}sessions/{slug}/") for slug in ("quetzalcoatl", "no-such-session")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert _headers(answers[0]) == _headers(answers[1])
    assert "quetzalcoatl" not in everything(client).casefold()


@pytest.mark.parametrize("what", [{"is_published": False}, {"is_rehearsal": True}], ids=["draft", "rehearsal"])
@pytest.mark.parametrize("path", ["", "slots/", "sessions/", "sessions/air/", "materials/", "figures/"])
def test_draft_and_rehearsal_are_answered_as_seasons_that_were_never_there(client, slot, what, path):
    Season.objects.update(**what)

    answers = [client.get(f"/api/v1/seasons/{season}/{path}") for season in ("autumn", "current", "no-such-season")]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert len({answer.content for answer in answers}) == 1
    assert _headers(answers[0]) == _headers(answers[2])
    assert client.get("/api/v1/seasons/").json()["items"] == []


def test_nothing_of_people_is_in_any_answer(client, slot):
    slot.meeting_url, slot.capacity = "https://meet.example.org/secret", 7777
    slot.parts, slot.part_urls = (Part(1, slot.starts_at, slot.ends_at),), {"1": "https://meet.example.org/part"}
    slot.save()
    person = RegistrationFactory(occurrence=slot, participant__name="Wanjiru Kamau").participant
    invited = InvitationFactory(session__season=slot.session.season, session__is_published=True)
    SpeakerFactory(session=slot.session, name="Dr Panelist")

    said = everything(client)

    theirs = [person.name, person.email, person.key, invited.name, invited.email, "meet.example.org", "7777"]
    assert [word for word in [*theirs, "Dr Panelist"] if word in said] == []
    assert invited.session.title in said, "a session by invitation that was announced is on the pages"


def test_session_by_invitation_that_was_announced_offers_no_sign_up(ask, slot):
    type(slot.session).objects.update(access="invitation")

    session = ask("sessions/air/")

    assert (session["access"], session["calendar"]) == ("invitation", None)
    assert [(each["state"], each["sign_up"]) for each in session["slots"]] == [("by-invitation", None)]


def in_every_state(slot) -> dict[SlotState, Occurrence]:
    """One slot in each, of the same season."""
    now, season, stream = timezone.now(), slot.session.season, slot.session.stream
    full = {"capacity": 1}
    making = {
        SlotState.BY_INVITATION: {"session__access": "invitation"},
        SlotState.CALLED_OFF: {"called_off_at": now},
        SlotState.OVER: {"starts_at": now - timedelta(days=1)},
        SlotState.OPENS_LATER: {"session__registration_opens_at": now + timedelta(days=1)},
        SlotState.CLOSED: {"session__registration_closes_at": now - timedelta(days=1)},
        SlotState.FULL: full | {"starts_at": now - timedelta(minutes=5)},
        SlotState.WAITING_LIST: full,
        SlotState.OPEN: {},
    }
    slots = {
        state: OccurrenceFactory(
            **{"starts_at": IN_TWO_WEEKS, "session__season": season, "session__stream": stream} | more
        )
        for state, more in making.items()
    }
    for state in (SlotState.FULL, SlotState.WAITING_LIST):
        RegistrationFactory(occurrence=slots[state])
    return slots


def test_state_of_a_slot_is_that_of_its_page(client, ask, slot):
    slots = in_every_state(slot)

    found = {item["uid"]: item for item in ask("slots/")["items"]}

    for state, each in slots.items():
        each.refresh_from_db()
        assert availability.state(each, timezone.now()) == state
        page = client.get(each.session.get_absolute_url()).text
        [words] = re.findall(r'<span class="state is-([\w-]+)">([^<]+)</span>', page)
        item = found[each.uid]
        assert (item["state"], item["state_in_words"]) == words
        is_offered = f"slot={each.pk}" in page
        assert (item["sign_up"] is not None) == is_offered


def test_sessions_and_slots_are_those_of_the_page(client, ask, slot, hidden):
    in_every_state(slot)

    page = client.get("/seasons/autumn/").text

    on_page = set(re.findall(r'<h3><a href="(/seasons/autumn/[^"]+)"', page))
    assert {item["page"].removeprefix("http://localhost:8081") for item in ask("sessions/")["items"]} == on_page
    assert len(on_page) == 9
    assert page.count('class="slot-state"') == ask("slots/")["count"]
    assert ask("slots/", coming="true")["count"] == 8


def _headers(answer) -> dict:
    return {name: value for name, value in answer.headers.items() if name != "X-Request-ID"}
