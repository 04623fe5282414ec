"""Public calendar entries of time slots, as programs read them."""

from datetime import UTC, datetime, timedelta

import pytest

from sessions.calendar import feeds
from tests.factories import OccurrenceFactory
from tests.support.calendars import STANDARD_LINE, method_of, seen_by_ics, seen_by_vobject
from tests.support.registrations.story_of_parts import DAY, MORNING, slot_in_parts

pytestmark = pytest.mark.django_db
PAGE = "https://online.example.org/seasons/2030/emissions/"


def test_slot_is_read_alike_by_two_programs():
    slot = OccurrenceFactory(sequence=3, session__title="Emissions", session__season__title="Season 5")

    text = feeds.slot(slot, PAGE)

    assert (
        seen_by_vobject(text)
        == seen_by_ics(text)
        == [
            {
                "uid": slot.uid,
                "sequence": 3,
                "starts_at": slot.starts_at,
                "ends_at": slot.ends_at,
                "summary": "Emissions",
                "description": (
                    f"Session page: {PAGE}\n\nA session of Season 5.\n\n"
                    "To join, register on the session page. You then get a personal link.\n\n"
                    "This entry is a copy. It does not change when the session is moved."
                ),
                "location": PAGE,
                "url": PAGE,
                "status": "CONFIRMED",
                "organizer": ("Minamata Online", "mailto:events@minamata.test"),
                "attendees": [],
                "alarms": [timedelta(minutes=-15)],
            }
        ]
    )


def test_abstract_is_in_the_entry_as_it_was_typed():
    summary = "What leaves a chimney; what falls on water.\r\n\r\n\u2022\tLimits\r\n\u2022\tRéseaux, 水俣条約\n"
    slot = OccurrenceFactory(session__summary=summary, session__season__title="Season 5")

    text = feeds.slot(slot, PAGE)

    paragraphs = seen_by_vobject(text)[0]["description"].split("\n\n")
    assert seen_by_vobject(text) == seen_by_ics(text)
    assert paragraphs[:4] == [
        f"Session page: {PAGE}",
        "What leaves a chimney; what falls on water.",
        "• Limits\n• Réseaux, 水俣条約",
        "A session of Season 5.",
    ]


@pytest.mark.parametrize("state", [{}, {"called_off_at": datetime(2030, 9, 2, tzinfo=UTC)}])
def test_downloaded_entry_takes_time_unless_it_is_called_off(state):
    slot = OccurrenceFactory(**state)

    assert _values(feeds.slot(slot, PAGE), "TRANSP") == ["TRANSPARENT" if state else "OPAQUE"]


def test_slot_is_published_and_stamped_with_its_last_change():
    slot = OccurrenceFactory(changed_at=datetime(2030, 9, 2, 10, 30, tzinfo=UTC))

    text = feeds.slot(slot, PAGE)

    assert method_of(text) == "PUBLISH"
    assert _values(text, "DTSTAMP", "LAST-MODIFIED") == ["20300902T103000Z", "20300902T103000Z"]


def test_unchanged_slot_gives_the_same_octets():
    slot = OccurrenceFactory()

    first = feeds.slot(slot, PAGE)

    assert feeds.slot(slot, PAGE) == first


def test_called_off_slot_says_so_and_rings_no_alarm():
    slot = OccurrenceFactory(session__title="Emissions", called_off_at=datetime(2030, 9, 2, tzinfo=UTC))

    [seen] = seen_by_vobject(feeds.slot(slot, PAGE))

    assert (seen["status"], seen["summary"], seen["alarms"]) == ("CANCELLED", "Called off: Emissions", [])


def test_rehearsal_is_named_in_the_summary():
    slot = OccurrenceFactory(session__title="Emissions", session__season__is_rehearsal=True)

    [seen] = seen_by_vobject(feeds.slot(slot, PAGE))

    assert seen["summary"] == "Rehearsal: Emissions"


def test_meeting_address_stays_out():
    slot = OccurrenceFactory(meeting_url="https://meet.example.org/secret")

    text = feeds.slot(slot, PAGE)

    assert "meet.example.org" not in text.replace("\r\n ", "")


@pytest.mark.parametrize(
    "title", ["水俣条約" * 75, "Ртуть, " * 42, "🜐☿️👩🏽‍🔬" * 40, "x" * 300, "a\r\nb\u2028c\x85d\x00"]
)
def test_any_title_gives_whole_short_lines(title):
    slot = OccurrenceFactory(session__title=title.replace("\x00", ""))
    slot.session.title = title

    lines = feeds.slot(slot, PAGE).encode().split(b"\r\n")

    assert [line for line in lines if len(line) > STANDARD_LINE or b"\r" in line or b"\n" in line] == []
    assert [line.decode() for line in lines][-1] == ""


def test_slot_on_the_day_of_a_clock_change_keeps_its_instants():
    starts_at = datetime(2030, 10, 27, 0, 30, tzinfo=UTC)
    slot = OccurrenceFactory(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))

    text = feeds.slot(slot, PAGE)

    assert _values(text, "DTSTART", "DTEND") == ["20301027T003000Z", "20301027T013000Z"]


def _values(text, *names):
    lines = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
    return [lines[name] for name in names]


def test_each_part_of_a_slot_is_an_event_of_its_own_and_the_first_keeps_the_uid():
    slot = slot_in_parts(MORNING, MORNING + DAY, session__title="Emissions")

    text = feeds.slot(slot, PAGE)

    local, _at, domain = slot.uid.partition("@")
    seen = [(each["uid"], each["starts_at"], each["summary"]) for each in seen_by_ics(text)]
    assert seen_by_vobject(text) == seen_by_ics(text)
    assert seen == [
        (slot.uid, MORNING, "Emissions (part 1 of 2)"),
        (f"{local}-2@{domain}", MORNING + DAY, "Emissions (part 2 of 2)"),
    ]


def test_subscribed_calendar_has_the_parts_too():
    slot = slot_in_parts(MORNING, MORNING + DAY)

    assert [each["starts_at"] for each in seen_by_ics(feeds.of_season(slot.session.season).text)] == [
        MORNING,
        MORNING + DAY,
    ]
