"""Calendar entries are written in the octets that the icalendar package would write."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar
from icalendar.parser.content_line import Contentline

from sessions.calendar import events
from sessions.calendar.events import folded

NOON = datetime(2030, 9, 3, 12, tzinfo=UTC)
ENTRY = events.Entry(
    uid="1@minamata.test",
    sequence=0,
    stamp=NOON,
    modified_at=NOON,
    starts_at=NOON,
    ends_at=NOON + timedelta(hours=1),
    summary="Emissions",
    description="Join",
    page_url="https://minamata.test/join/1/",
    is_cancelled=False,
)
CHARACTERS = st.one_of(st.sampled_from("ab\\^,; é汞🙂"), st.characters(exclude_categories=["Cs", "Cc"]))


@given(st.text(CHARACTERS, max_size=400))
@example("a" * 74)
@example("a" * 75)
@example("a" * 73 + "\\n" + "a" * 80)
@example("a" * 72 + "🙂" * 40)
def test_lines_are_folded_as_icalendar_folds_them(line):
    assert folded(line) == Contentline(line).to_ical().decode()
    assert max(len(part) for part in folded(line).encode().split(b"\r\n")) <= 75


ATTENDEE = events.address("Zoé", "zoe@example.net", ROLE="REQ-PARTICIPANT", RSVP="FALSE")
ENTRIES = st.builds(
    replace,
    st.just(ENTRY),
    uid=st.text("ab,;-\\", min_size=1),
    sequence=st.integers(0, 9),
    stamp=st.datetimes(timezones=st.just(timezone(timedelta(hours=3)))),
    summary=st.text(CHARACTERS),
    description=st.text(st.one_of(CHARACTERS, st.just("\n"))),
    is_cancelled=st.booleans(),
)


@given(ENTRIES, st.sampled_from([None, ATTENDEE]), st.booleans())
def test_icalendar_would_write_what_it_reads_in_the_very_same_octets(entry, attendee, with_alarm):
    text = events.calendar("REQUEST", [events.event(entry, attendee=attendee, with_alarm=with_alarm)])

    read = Calendar.from_ical(text)

    assert read.to_ical(sorted=False).decode() == text
    [event] = read.events
    assert (event["uid"], event["sequence"], event.DTSTAMP) == (
        entry.uid,
        entry.sequence,
        entry.stamp.astimezone(UTC).replace(microsecond=0),
    )
    assert ("attendee" in event) == (attendee is not None)


def test_alarm_says_the_title_and_not_the_description():
    lines = events.calendar("PUBLISH", [events.event(ENTRY)]).splitlines()

    assert lines[lines.index("BEGIN:VALARM") :] == [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Emissions",
        "TRIGGER:-PT15M",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
