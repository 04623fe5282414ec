"""The season file: what it gives when it is good, and what it tells people when it is not."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.seasons import season_file
from sessions.seasons.season_file import SeasonFileError, lines

SEASON_2020 = Path("sessions/data/season-2020.toml").read_text(encoding="utf-8")

GOOD = """\
[season]
slug = "2030"
title = "Season"
timezone = "Europe/Zurich"
[[stream]]
slug = "science"
title = "Science"
[[session]]
slug = "air"
title = "Air"
stream = "science"
date = 2030-10-08
languages = ["en", "fr"]
duration_minutes = 60
slots = [{ start = "2030-10-08T09:00" }, { start = "2030-10-08T15:00" }]
attendance = { known = true, by_slot = [10, 20] }
source = ["https://example.org/air"]
"""


def problems_of(toml) -> list[str]:
    with pytest.raises(SeasonFileError) as caught:
        season_file.read(toml)
    return caught.value.problems


def test_season_of_2020_has_its_sessions_slots_and_days():
    entry = season_file.read(SEASON_2020)

    slots = [slot for session in entry.sessions for slot in session.slots]
    days = (entry.fields["starts_on"], entry.fields["ends_on"])
    assert (len(entry.sessions), len(slots)) == (14, 20)
    assert days == (date(2020, 9, 15), date(2020, 12, 1))
    assert [stream["mark"] for stream in entry.streams.values()] == ["square", "circle", "triangle"]


def test_wall_times_become_moments_on_both_sides_of_the_clock_change():
    sessions = {session.slug: session for session in season_file.read(SEASON_2020).sessions}

    summer = [slot.starts_at for slot in sessions["article-8-emissions"].slots]
    winter = [slot.starts_at for slot in sessions["article-11-waste"].slots]

    assert summer == [datetime(2020, 10, 22, 7, tzinfo=UTC), datetime(2020, 10, 22, 13, tzinfo=UTC)]
    assert winter == [datetime(2020, 11, 12, 8, tzinfo=UTC), datetime(2020, 11, 12, 14, tzinfo=UTC)]


def test_attendance_is_told_by_slot_in_total_or_as_a_minimum():
    sessions = {session.slug: session for session in season_file.read(SEASON_2020).sessions}

    opening, trade_flows, briefing = (
        sessions[slug]
        for slug in (
            "effectiveness-evaluation-indicators",
            "material-flow-supply-demand-trade",
            "special-briefing-cop-4",
        )
    )

    assert [slot.fields["attendance"] for slot in opening.slots] == [70, 115]
    assert (opening.fields["attendance_total"], opening.fields["attendance_is_minimum"]) == (185, False)
    assert (trade_flows.fields["attendance_total"], trade_flows.fields["attendance_is_minimum"]) == (100, True)
    assert briefing.fields["attendance_total"] is None


def test_documents_are_sorted_into_slides_questions_and_other():
    sessions = {session.slug: session for session in season_file.read(SEASON_2020).sessions}

    assert sessions["material-flow-supply-demand-trade"].materials == [
        ("recording", "Recording"),
        ("slides", "Six slide decks: Maxson, Hendus, Okonkwo, Groeneveld, Davis, Toda"),
        ("questions", "Questions and answers"),
    ]
    assert sessions["special-briefing-cop-4"].materials[1] == ("document", "Summary on the GEN event page")


def test_details_of_a_recording_are_read():
    details = 'recording = true\nrecording_details = { minutes = 72, languages = ["en", "es"], captions = ["ar"] }\n'

    read = season_file.read(GOOD + details).sessions[-1]

    assert read.materials == [("recording", "Recording")]
    assert read.recording == {"duration_minutes": 72, "languages": "en, es", "captions": "ar"}


DOCUMENTS = """documents = ["Report", "Slides"]
document_details = [{ title = "Report", symbol = "UNEP/MC/COP.5/16", editions = { fr = "https://example.org/fr" } }]
"""


def test_details_of_documents_are_read():
    read = season_file.read(GOOD + DOCUMENTS).sessions[-1]

    assert read.materials == [("document", "Report"), ("slides", "Slides")]
    assert read.documents == {"Report": {"symbol": "UNEP/MC/COP.5/16", "editions": {"fr": "https://example.org/fr"}}}


@pytest.mark.parametrize(
    ("good", "bad", "problem"),
    [
        ('title = "Report"', 'title = "Other"', "document_details[0].title: Other is not in `documents`"),
        ('"UNEP/MC/COP.5/16"', '"see below!"', "document_details[0].symbol: Type the symbol as it is on the document"),
        ("fr =", "xx =", "document_details[0].editions.xx: unknown key"),
        (
            "https://example.org/fr",
            "javascript:x",
            "document_details[0].editions.fr: 'javascript:x' is not a web address",
        ),
        ("{ title", '{ title = "Report" }, { title', "document_details[1].title: Report is there twice"),
        ("[{ title", '["Report", { title', "document_details[0]: must be a table, not text"),
    ],
)
def test_wrong_details_of_documents_are_named(good, bad, problem):
    with pytest.raises(season_file.SeasonFileError) as raised:
        season_file.read(GOOD + DOCUMENTS.replace(good, bad))

    assert problem in " ".join(raised.value.problems)


def test_attendance_that_follows_slots_out_of_order_stays_with_its_slot():
    swapped = GOOD.replace("T09:00", "T16:00")

    slots = season_file.read(swapped).sessions[0].slots

    assert [(slot.starts_at.hour, slot.fields["attendance"]) for slot in slots] == [(13, 20), (14, 10)]


def test_partners_of_the_season_are_read_with_their_addresses_also_under_the_older_name():
    named = '[season]\n{} = ["ICMGP", "GEN https://gen.example.org/"]'

    read = [season_file.read(GOOD.replace("[season]", named.format(key), 1)) for key in ("partners", "collaborators")]

    assert [season.fields["partners"] for season in read] == ["ICMGP\nGEN https://gen.example.org/"] * 2


def test_keys_left_out_are_left_out_of_the_fields():
    (session,) = season_file.read(GOOD).sessions

    assert "summary" not in session.fields
    assert (session.speakers, session.materials) == (None, None)
    assert session.fields["languages"] == "en, fr"


@pytest.mark.parametrize(
    ("good", "bad", "problem"),
    [
        ('slug = "2030"', 'slug = "20 30"', "line 2: season: slug: '20 30' may hold only"),
        ('slug = "2030"', "slug = 2030", "line 2: season: slug: must be text, not a whole number"),
        ('title = "Season"\n', "", "line 1: season: title: this key is missing"),
        ("[[stream]]", 'organisr = "S"\n[[stream]]', "line 5: season: organisr: unknown key; did you mean organiser?"),
        ("[[stream]]", 'partners = ["https://a.org"]\n[[stream]]', "line 5: season: partners[0]: “https://a.org”"),
        ('timezone = "Europe/Zurich"\n', "", "line 1: season: timezone: needed, because 2 slots name no timezone"),
        ('title = "Air"', 'title = " "', 'line 10: session "air": title: must not be empty'),
        ('title = "Air"', f'title = "{"x" * 301}"', 'line 10: session "air": title: has 301 characters'),
        ("date = 2030-10-08", f'summary = "{"x" * 10_001}"', 'line 12: session "air": summary: has 10001 characters'),
        ("[[stream]]", f'note = "{"x" * 10_001}"\n[[stream]]', "line 5: season: note: has 10001 characters"),
        ("[[stream]]", f'introduction = "{"x" * 10_001}"\n[[stream]]', "line 5: season: introduction: has 10001"),
        ('title = "Air"', 'title = "A\\u0000"', 'line 10: session "air": title: contains a NUL'),
        ('stream = "science"', 'stream = "art"', 'line 11: session "air": stream: there is no [[stream]]'),
        ("date = 2030-10-08", "date = 2030-10-09", 'line 12: session "air": date: 2030-10-09 is not the day'),
        ("date = 2030-10-08", 'date = "2030-10-08"', 'line 12: session "air": date: must be a date'),
        ('"fr"]', '"de"]', "line 13: session \"air\": languages[1]: 'de' is not one of"),
        ("= 60", "= 0", 'line 14: session "air": duration_minutes: 0 is not between'),
        ("= 60", "= true", 'line 14: session "air": duration_minutes: must be a whole number'),
        ('T15:00"', 'T15:00", timezone = "Mars/Base"', "line 15: session \"air\": slots[1].timezone: 'Mars/Base' is"),
        ("T15:00", "T09:00", 'line 15: session "air": slots[1].start: the same time as slots[0]'),
        ("T15:00", "T09:59", 'line 15: session "air": slots[1].start: slots[0] is not over then'),
        ("T15:00", "T08:01", 'line 15: session "air": slots[1].start: slots[0] is not over then'),
        ("T15:00", "T15:00Z", 'line 15: session "air": slots[1].start: 2030-10-08T15:00Z must be local'),
        ("T15:00", "T25:00", 'line 15: session "air": slots[1].start: 2030-10-08T25:00 is not a time'),
        ("date = 2030-10-08", "date = 9999-12-31", 'line 12: session "air": date: 9999-12-31: the year is not'),
        ("2030-10-08T15:00", "0001-10-08T15:00", 'line 15: session "air": slots[1].start: 0001-10-08T15:00: the'),
        ("[10, 20]", "[10]", 'line 16: session "air": attendance.by_slot: 1 numbers for 2 slots'),
        ("[10, 20]", "[10, 20], total = 31", 'line 16: session "air": attendance.total: 31 is not the sum'),
        ("known = true", "known = false", 'line 16: session "air": attendance.known: false, but a number'),
        (", by_slot = [10, 20]", "", 'line 16: session "air": attendance.known: true, but neither'),
        (
            "source =",
            'uncertain = ["slots.begin"]\nsource =',
            'line 17: session "air": uncertain[0]: slots.begin is not',
        ),
        ("https:", "ftp:", "line 17: session \"air\": source[0]: 'ftp://example.org/air' is not a web address"),
    ],
)
def test_mistake_is_named_with_its_line_and_key(good, bad, problem):
    assert season_file.read(GOOD)

    (found,) = problems_of(GOOD.replace(good, bad, 1))

    assert found.startswith(problem)


@pytest.mark.parametrize(
    ("start", "problem"),
    [
        ("2030-03-31T02:30", "2030-03-31T02:30 does not exist in Europe/Zurich: clocks go forward then"),
        ("2030-10-27T02:30", "2030-10-27T02:30 comes twice in Europe/Zurich: clocks go back then"),
    ],
)
def test_wall_time_in_a_clock_change_is_a_mistake(start, problem):
    toml = GOOD.replace("2030-10-08T15:00", start).replace("date = 2030-10-08\n", "")

    assert problems_of(toml) == [f'line 14: session "air": slots[1].start: {problem}']


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        ("session = []\n" + GOOD[: GOOD.index("[[session]]")], "line 1: session: there must be at least one session"),
        (GOOD.replace("[[session]]", "[session]"), "line 8: session: its header needs two pairs of brackets: [[...]]"),
        (
            re.sub("slots = .*\nattendance = .*", "slots = []", GOOD),
            'line 15: session "air": slots: there must be at least one slot',
        ),
    ],
)
def test_list_that_is_empty_or_no_list_is_a_mistake(toml, problem):
    assert problems_of(toml) == [problem]


def test_all_mistakes_are_named_together_in_the_order_of_the_file():
    toml = GOOD.replace("= 60", "= 0").replace('"Season"', '""').replace('stream = "science"', 'stream = "art"')

    found = problems_of(toml)

    assert [problem.partition(":")[0] for problem in found] == ["line 3", "line 11", "line 14"]


def test_second_session_of_the_same_slug_is_named_at_its_own_line():
    session = GOOD[GOOD.index("[[session]]") :]

    assert problems_of(GOOD + session) == ['line 19: session "air": slug: air is the slug of another session too']


def test_session_with_the_name_of_another_page_is_named_at_its_line():
    words = "Another page of the season has the address “figures”. Choose another name."

    problems = problems_of(GOOD.replace('slug = "air"', 'slug = "figures"'))

    assert problems == [f'line 9: session "figures": slug: {words}']


def test_fourth_stream_has_no_mark_left():
    more = "".join(f'[[stream]]\nslug = "s{number}"\ntitle = "S"\n' for number in range(3))

    assert problems_of(GOOD + more) == ['line 24: stream "s2": at most 3 streams, one for each mark']


def test_syntax_error_names_line_and_column():
    (found,) = problems_of(GOOD.replace("duration_minutes = 60", "duration_minutes 60"))

    assert found.startswith("not TOML:")
    assert found.endswith("(at line 14, column 18)")


@pytest.mark.thorough
@settings(deadline=None)
@given(start=st.integers(0, len(SEASON_2020) - 1), length=st.integers(1, 400))
def test_file_with_a_piece_torn_out_is_read_or_refused_with_reasons(start, length):
    torn = SEASON_2020[:start] + SEASON_2020[start + length :]

    try:
        outcome = season_file.read(torn).sessions
    except SeasonFileError as error:
        outcome = error.problems

    assert outcome


def test_headers_inside_strings_and_comments_have_no_place():
    toml = '[season]\nnote = """\n[[session]]\nslug = 1\n"""\n# [[session]]\n[[session]]\nslug = "air"\n'

    places = lines.places(toml)

    assert places == {("season",): 1, ("season", "note"): 2, ("session", 0): 7, ("session", 0, "slug"): 8}


def test_table_under_a_session_belongs_to_that_session():
    toml = "[[session]]\n[[session]]\n[session.attendance]\nknown = true\n"

    places = lines.places(toml)

    assert places[("session", 1, "attendance", "known")] == 4
