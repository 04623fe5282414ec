"""What the calendars of the programme hold: a season's, a stream's, a session's."""

from datetime import UTC, datetime, timedelta

import pytest
import vobject
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from sessions.calendar import feeds
from sessions.models import Session
from tests.factories import OccurrenceFactory, SeasonFactory, SessionFactory, StreamFactory
from tests.support.calendars import seen_by_ics, seen_by_vobject

pytestmark = pytest.mark.django_db
CHANGED_AT = datetime(2030, 8, 1, tzinfo=UTC)


@pytest.fixture
def season():
    introduction = "Mercury, without borders.\nOpen to all; free."
    return SeasonFactory(slug="2030", title="Season 5", introduction=introduction, changed_at=CHANGED_AT)


def addresses(session):
    season = f"/seasons/{session.season.slug}/"
    return [f"{season}{path}calendar.ics" for path in ("", f"streams/{session.stream.slug}/", f"{session.slug}/")]


def titles(text):
    return [entry["summary"] for entry in seen_by_vobject(text)]


def test_head_names_the_calendar_and_says_when_to_look_again_and_has_no_method(season):
    OccurrenceFactory(session__season=season)

    head, _, _ = feeds.of_season(season).text.partition("BEGIN:VEVENT")

    assert head.split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Minamata Online//Sessions//EN",
        "CALSCALE:GREGORIAN",
        "NAME:Season 5",
        "X-WR-CALNAME:Season 5",
        r"DESCRIPTION:Mercury\, without borders.\nOpen to all\; free.",
        r"X-WR-CALDESC:Mercury\, without borders.\nOpen to all\; free.",
        "URL:http://localhost:8081/seasons/2030/",
        "SOURCE;VALUE=URI:http://localhost:8081/seasons/2030/calendar.ics",
        "COLOR:teal",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "",
    ]


def test_each_calendar_says_where_it_is_and_what_it_is_about(client, season):
    slot = OccurrenceFactory(session__season=season, session__summary="Air, and water.", session__stream__mark="circle")

    texts = [client.get(address).text.replace("\r\n ", "") for address in addresses(slot.session)]

    for text, address, color in zip(texts, addresses(slot.session), ["teal", "chocolate", "teal"], strict=True):
        assert f"\r\nSOURCE;VALUE=URI:http://localhost:8081{address}\r\n" in text
        assert f"\r\nCOLOR:{color}\r\n" in text
    assert "\r\nX-WR-CALDESC:Air\\, and water.\r\n" in texts[2]


def test_programme_fills_nobodys_hours(season):
    OccurrenceFactory(session__season=season)

    text = feeds.of_season(season).text

    assert "\r\nTRANSP:TRANSPARENT\r\n" in text
    assert "TRANSP:OPAQUE" not in text


def test_season_without_a_time_slot_has_a_calendar_that_every_program_reads(season):
    text = feeds.of_season(season).text

    [read] = IcsCalendarStream.from_ics(text).calendars
    assert [component.name for component in Calendar.from_ical(text).subcomponents] == ["VTIMEZONE"]
    assert [component.name for component in vobject.readOne(text).components()] == ["VTIMEZONE"]
    assert (seen_by_ics(text), read.events) == ([], [])


def test_entry_is_that_of_the_download_without_alarm_and_says_that_it_follows(season):
    slot = OccurrenceFactory(session__season=season, session__title="Emissions", sequence=3)
    page = slot.session.absolute_url

    text = feeds.of_season(season).text

    [download] = seen_by_vobject(feeds.slot(slot, page))
    copy = "This entry is a copy. It does not change when the session is moved."
    follows = "This entry is updated automatically, when your calendar program looks for changes."
    changes = {"alarms": [], "description": download["description"].replace(copy, follows)}
    assert seen_by_vobject(text) == seen_by_ics(text) == [download | changes]
    assert follows in changes["description"]


def test_stamps_are_the_last_change_of_the_slot(season):
    OccurrenceFactory(session__season=season, changed_at=datetime(2030, 9, 2, 10, 30, tzinfo=UTC))

    lines = feeds.of_season(season).text.splitlines()

    assert [line for line in lines if line.startswith(("DTSTAMP", "LAST-MODIFIED"))] == [
        "DTSTAMP:20300902T103000Z",
        "LAST-MODIFIED:20300902T103000Z",
    ]


def test_each_calendar_holds_what_its_name_says_in_order_of_time(season):
    science = StreamFactory(season=season, title="Science")
    late = OccurrenceFactory(session__season=season, session__stream=science, session__title="Late")
    early = OccurrenceFactory(session__season=season, starts_at=late.starts_at - timedelta(days=9))
    other_season = OccurrenceFactory()

    assert titles(feeds.of_season(season).text) == [early.session.title, "Late"]
    assert titles(feeds.of_stream(science).text) == titles(feeds.of_session(late.session).text) == ["Late"]
    assert titles(feeds.of_season(other_season.session.season).text) == [other_season.session.title]


def test_past_slot_stays(season):
    OccurrenceFactory(session__season=season, session__title="Past", starts_at=datetime(2020, 9, 17, tzinfo=UTC))

    assert titles(feeds.of_season(season).text) == ["Past"]


def test_called_off_slot_stays_and_says_so(season):
    OccurrenceFactory(session__season=season, session__title="Emissions", called_off_at=CHANGED_AT)

    [entry] = seen_by_vobject(feeds.of_season(season).text)

    assert (entry["status"], entry["summary"]) == ("CANCELLED", "Called off: Emissions")


def test_rehearsal_is_named_in_the_calendar_and_in_its_entries():
    season = SeasonFactory(title="Season 5", is_rehearsal=True)
    OccurrenceFactory(session__title="Emissions", session__season=season)

    text = feeds.of_season(season).text

    assert "X-WR-CALNAME:Rehearsal: Season 5\r\n" in text
    assert titles(text) == ["Rehearsal: Emissions"]


HIDDEN = {
    "by invitation": {"session__access": Session.Access.INVITATION},
    "session not published": {"session__is_published": False},
}


@pytest.mark.parametrize("hidden", HIDDEN.values(), ids=HIDDEN)
def test_what_is_not_for_everybody_is_in_no_calendar(client, season, hidden):
    slot = OccurrenceFactory(session__season=season, session__title="Quicksilver", **hidden)

    of_season, of_stream, of_session = (client.get(address) for address in addresses(slot.session))

    assert [of_season.status_code, of_stream.status_code, of_session.status_code] == [200, 200, 404]
    assert "Quicksilver" not in of_season.text + of_stream.text + of_session.text


def test_season_that_is_not_published_has_no_calendar(client):
    slot = OccurrenceFactory(session__season__is_published=False)

    assert [client.get(address).status_code for address in addresses(slot.session)] == [404, 404, 404]


def test_download_of_a_session_by_invitation_tells_no_more_than_its_page(client):
    slot = OccurrenceFactory(session__access=Session.Access.INVITATION, meeting_url="https://meet.example.org/x")

    [entry] = seen_by_vobject(client.get(f"{slot.session.get_absolute_url()}slot-{slot.pk}.ics").text)

    page = slot.session.absolute_url
    assert entry["location"] == entry["url"] == page
    assert "This session is by invitation only." in entry["description"]
    assert "To join" not in entry["description"] + entry["location"]


def test_meeting_address_stays_out(season):
    OccurrenceFactory(session__season=season, meeting_url="https://meet.example.org/secret")

    assert "meet.example.org" not in feeds.of_season(season).text.replace("\r\n ", "")


@pytest.mark.parametrize("slug", ["streams", "calendar", "season"])
def test_no_name_of_a_session_hides_a_calendar(client, season, slug):
    science = StreamFactory(season=season, slug="calendar")
    OccurrenceFactory(session__season=season, session__slug=slug, session__title="Odd", session__stream=science)
    session = Session.objects.get()

    answers = [client.get(address) for address in addresses(session)]

    assert [titles(answer.text) for answer in answers] == [["Odd"]] * 3
    assert client.get(session.get_absolute_url()).context["card"].session == session


def test_feed_asks_the_database_the_same_for_one_and_for_three(client, season, django_assert_num_queries):
    for _ in range(2):
        slot = OccurrenceFactory(session__season=season)
        for address, queries in zip(addresses(slot.session), (10, 10, 10), strict=True):
            with django_assert_num_queries(queries):
                client.get(address)
        OccurrenceFactory(session=slot.session)
        OccurrenceFactory(session=SessionFactory(season=season, stream=slot.session.stream))


def test_changed_at_is_the_last_change_of_season_and_slots(season):
    empty = feeds.of_season(season).changed_at
    slot = OccurrenceFactory(session__season=season, changed_at=CHANGED_AT + timedelta(days=1))

    assert (empty, feeds.of_season(season).changed_at) == (CHANGED_AT, slot.changed_at)
