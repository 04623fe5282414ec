from hypothesis import example, given
from hypothesis import strategies as st
from icalendar.parser.content_line import Contentline

from sessions.vevent import folded

SIGNS = st.one_of(st.sampled_from("ab\\^,; é汞🙂"), st.characters(exclude_categories=["Cs", "Cc"]))


@given(st.text(SIGNS, max_size=400))
@example("a" * 74)
@example("a" * 75)
@example("a" * 73 + "\\n" + "a" * 80)
@example("a" * 72 + "🙂" * 40)
def test_lines_are_folded_as_icalendar_folds_them(line):
    assert folded(line) == Contentline(line).to_ical().decode()
    assert max(len(part) for part in folded(line).encode().split(b"\r\n")) <= 75
