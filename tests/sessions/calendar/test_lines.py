"""Lines are escaped, quoted and folded as the icalendar package does it."""

from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Event
from icalendar.parser import Contentline, Parameters

from sessions.calendar import lines
from sessions.calendar.lines import folded

CHARACTERS = st.one_of(st.sampled_from("ab\\^,; é汞🙂"), st.characters(exclude_categories=["Cs", "Cc"]))


@given(st.text(CHARACTERS, max_size=400))
@example("a" * 74)
@example("a" * 75)
@example("a" * 73 + "\\n" + "a" * 80)
@example("a" * 72 + "🙂" * 40)
def test_lines_are_folded_as_icalendar_folds_them(line):
    assert folded(line) == Contentline(line).to_ical().decode()
    assert max(len(part) for part in folded(line).encode().split(b"\r\n")) <= 75


@given(st.text(st.one_of(st.sampled_from(",;:\"'’ "), CHARACTERS)))
def test_parameters_are_quoted_as_icalendar_quotes_them(name):
    line = lines.with_parameters("ATTENDEE", {"RSVP": "FALSE", "CN": name}, "mailto:zoe@example.net")

    written = Parameters({"RSVP": "FALSE", "CN": name.replace('"', "'")}).to_ical(sorted=False).decode()
    assert line == f"ATTENDEE;{written}:mailto:zoe@example.net"


@given(st.text(st.one_of(st.sampled_from("\\nN;,\n"), CHARACTERS)))
def test_texts_are_read_as_they_were(words):
    text = lines.joined(["BEGIN:VEVENT", lines.text("SUMMARY", words), "END:VEVENT"])

    assert Event.from_ical(text)["SUMMARY"] == words
