"""What search engines read of a session: an Event of schema.org."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from registrations.models import Invitation
from registrations.people import consent
from registrations.presenters.invitation import InvitationPage
from sessions.models import Part
from tests.factories import OccurrenceFactory, SessionFactory, SpeakerFactory

pytestmark = pytest.mark.django_db
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def read(client, session) -> list[dict]:
    page = client.get(session.get_absolute_url()).content.decode()
    return [json.loads(block) for block in BLOCK.findall(page)]


def held_twice(**session):
    session = SessionFactory(**session)
    times = [("2030-10-08T07:00Z", "2030-10-08T08:00Z"), ("2030-10-08T13:00Z", "2030-10-08T14:00Z")]
    for starts_at, ends_at in times:
        OccurrenceFactory(session=session, starts_at=starts_at, ends_at=ends_at)
    return session


def test_session_held_twice_is_an_event_with_both_slots_as_sub_events(client):
    session = held_twice(title="Mercury in air", languages="en, fr")
    SpeakerFactory(session=session, name="Ana")

    [event] = read(client, session)

    assert (event["@type"], event["name"], event["inLanguage"]) == ("Event", "Mercury in air", ["en", "fr"])
    assert (event["startDate"], event["endDate"]) == ("2030-10-08T09:00:00+02:00", "2030-10-08T16:00:00+02:00")
    assert [sub["startDate"] for sub in event["subEvent"]] == ["2030-10-08T09:00:00+02:00", "2030-10-08T15:00:00+02:00"]
    assert event["location"] == {"@type": "VirtualLocation", "url": session.absolute_url}
    assert event["performer"] == [{"@type": "Person", "name": "Ana"}]


def test_parts_of_a_slot_are_sub_events(client):
    day, hour = timedelta(days=1), timedelta(hours=1)
    start = datetime(2030, 10, 8, 7, tzinfo=UTC)
    parts = (Part(1, start, start + hour), Part(2, start + day, start + day + hour, is_called_off=True))
    slot = OccurrenceFactory(starts_at=start, ends_at=start + hour, parts=parts)

    [event] = read(client, slot.session)

    assert (event["endDate"], event["eventStatus"]) == (
        "2030-10-08T10:00:00+02:00",
        "https://schema.org/EventScheduled",
    )
    assert [(sub["startDate"], sub["eventStatus"].rpartition("/")[2]) for sub in event["subEvent"]] == [
        ("2030-10-08T09:00:00+02:00", "EventScheduled"),
        ("2030-10-09T09:00:00+02:00", "EventCancelled"),
    ]


def test_what_programs_read_of_a_page_has_no_characters_that_turn_others(client):
    session = held_twice(title="Gold\u202e", season__title="Season\u202e", season__organiser="Centre\u202e")
    SpeakerFactory(session=session, name="Ana\u202e")

    head = client.get(session.get_absolute_url()).text.partition("</head>")[0]

    assert ("Ana" in head, "Centre" in head, "\u202e" in head) == (True, True, False)


SECRETARIAT = "Secretariat of the Minamata Convention on Mercury"


@pytest.mark.parametrize(("organiser", "name"), [("", SECRETARIAT), ("Basel Centre", "Basel Centre")])
def test_organiser_is_the_one_whom_consent_and_invitations_name(client, organiser, name):
    session = held_twice(season__organiser=organiser)

    [event] = read(client, session)

    assert event["organizer"] == {"@type": "Organization", "name": name}
    assert f"({name})" in consent.text(session.season)
    assert InvitationPage(Invitation(session=session), timezone.now(), "UTC").host == name


def test_slot_that_is_called_off_says_so_and_the_session_only_when_all_are(client):
    session = held_twice()
    first = session.occurrences.in_order().first()

    session.occurrences.filter(pk=first.pk).update(called_off_at=timezone.now())
    [one] = read(client, session)
    session.occurrences.update(called_off_at=timezone.now())
    client.cookies["zone"] = "UTC"
    [both] = read(client, session)

    states = [event["eventStatus"].rpartition("/")[2] for event in [one, *one["subEvent"], both]]
    assert states == ["EventScheduled", "EventCancelled", "EventScheduled", "EventCancelled"]


def test_session_with_one_slot_has_no_sub_events(client):
    [event] = read(client, OccurrenceFactory().session)

    assert "subEvent" not in event


def test_title_cannot_end_the_block(client):
    [event] = read(client, held_twice(title="</script><script>alert(1)</script> & more"))

    assert event["name"] == "</script><script>alert(1)</script> & more"


@pytest.mark.parametrize("hidden", [{"season__is_rehearsal": True}, {"is_unconfirmed": True}])
def test_rehearsal_and_what_nothing_confirms_is_no_event(client, hidden):
    assert read(client, held_twice(**hidden)) == []


def test_session_without_a_time_is_no_event(client):
    assert read(client, SessionFactory()) == []


def test_several_organisers_are_named_with_their_addresses(client):
    lines = f"{SECRETARIAT}\nBasel Centre https://www.example.org/"
    session = held_twice(season__organiser=lines)

    [event] = read(client, session)

    assert event["organizer"] == [
        {"@type": "Organization", "name": SECRETARIAT},
        {"@type": "Organization", "name": "Basel Centre", "url": "https://www.example.org/"},
    ]
    foot = client.get(session.season.get_absolute_url()).text.partition('id="organisers-heading"')[2]
    assert '<a href="https://www.example.org/" rel="noreferrer" dir="auto">Basel Centre</a>' in foot
    assert f"({SECRETARIAT} and Basel Centre) see your details" in " ".join(consent.paragraphs(session.season))


def test_organisers_whose_names_are_english_still_are_marked_one_by_one(client):
    season = held_twice(season__organiser=f"{SECRETARIAT}\nBasel Centre").season

    with override("fr"):
        said = consent.shown(season)[1]

    assert "Secrétariat de la Convention de Minamata sur le mercure et <span" in said
    assert said.count('lang="en"') == 1
