"""Reports in the layouts of four platforms: who was there, how long, and what is refused."""

import json
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest

from registrations.attendance import presence, reading
from tests.support.registrations.attendance import FILES, GENEVA, SLOT, report_of

EXPECTED = json.loads((FILES / "expected.json").read_text())
WINDOW = SLOT[0] - timedelta(minutes=15), SLOT[1] + timedelta(minutes=15)
REPORTS = [name for name, known in EXPECTED.items() if name.endswith(".csv") and known.get("people")]


def people_in(*reports):
    joins = defaultdict(list)
    for join in (join for report in reports for join in report.joins if join.email):
        joins[join.email.casefold()].append(join)
    return dict(sorted(joins.items()))


def figures_of(joins):
    intervals = [(join.joined_at, join.left_at) for join in joins]
    return {
        "parts": sorted({join.part for join in joins}),
        "in_slot": presence.seconds(intervals, between=SLOT) // 60,
        "in_window": presence.seconds(intervals, between=WINDOW) // 60,
    }


def known_figures(name):
    return {
        email: {key: known[key] for key in ("parts", "in_slot", "in_window")}
        for email, known in sorted(EXPECTED[name]["people"].items())
    }


@pytest.mark.parametrize("name", REPORTS)
def test_every_person_was_there_as_long_as_two_other_ways_of_counting_say(name):
    report = report_of(name)

    people = people_in(report)

    assert {email: figures_of(joins) for email, joins in people.items()} == known_figures(name)
    assert {email: len(joins) for email, joins in people.items()} == {
        email: known["joins"] for email, known in sorted(EXPECTED[name]["people"].items())
    }


@pytest.mark.parametrize("name", REPORTS)
def test_layout_zone_and_order_of_the_date_are_named(name):
    report = report_of(name)

    assert report.layout == EXPECTED[name]["layout"]
    assert (report.zone, report.is_zone_stated) == (
        ("UTC", True) if name == "teams-live-event.csv" else ("Europe/Zurich", False)
    )
    assert report.is_order_proven is (not name.startswith(("zoom-webinar", "webex")))


@pytest.mark.parametrize(
    ("name", "telephones", "unidentified"),
    [
        ("zoom-webinar-2020.csv", 1, {}),
        ("zoom-meeting-participants.csv", 0, {"iPhone (Luis Example)": 90}),
        ("teams-2026-utf16le.csv", 1, {"Casey Guest (Unverified)": 30}),
        ("teams-live-event.csv", 0, {}),
    ],
)
def test_who_has_no_address_is_kept_apart(name, telephones, unidentified):
    nameless = [join for join in report_of(name).joins if not join.email]

    others = {join.name: figures_of([join])["in_slot"] for join in nameless if join.part != "telephone"}
    assert len(nameless) - len(others) == telephones
    assert others == unidentified


@pytest.mark.parametrize(
    ("name", "reasons"),
    [
        ("zoom-webinar-2020.csv", {"luis@example.org": "Did not come", "amina@example.org": "Did not come"}),
        ("zoom-meeting-participants.csv", {"amina@example.org": "In the waiting room"}),
        ("teams-2026-utf16le.csv", {"avery@example.org": "This row has no times"}),
        ("teams-live-event.csv", {"": "Nobody is named"}),
    ],
)
def test_rows_that_do_not_count_say_why(name, reasons):
    others = report_of(name).others

    assert [(other.email, other.reason.startswith(reasons[other.email])) for other in others] == [
        (email, True) for email in reasons
    ]


def test_two_files_of_one_slot_give_nobody_a_minute_twice():
    several = EXPECTED["several-files-of-one-slot"]

    people = people_in(*map(report_of, several["files"]))

    minutes = {email: figures_of(joins)["in_slot"] for email, joins in people.items()}
    assert minutes == {email: known["in_slot"] for email, known in sorted(several["people"].items())}


def test_report_of_a_meeting_without_anybody_is_read():
    report = report_of("nobody-teams.csv")

    assert (report.layout, report.joins, report.others) == ("teams", [], [])


def test_list_of_guests_is_refused_with_its_first_line():
    with pytest.raises(reading.NotUnderstood, match="“Name · E-mail”"):
        report_of("refuse-list-of-guests.csv")


def test_report_of_another_day_is_refused_with_its_day():
    with pytest.raises(reading.NotUnderstood, match="18 September 2020, the slot about Thursday 17 September 2020"):
        report_of("refuse-other-day.csv")


@pytest.mark.parametrize("day_first", [True, False])
def test_order_of_an_unclear_date_is_the_one_of_the_slot(day_first):
    day = (7, 9) if day_first else (9, 7)
    rows = [["Name", "Email", "Join time", "Leave time"], ["A", "a@example.org", "7/9/2020 15:00", "7/9/2020 15:30"]]
    slot = datetime(2020, day[1], day[0], 13, tzinfo=UTC), datetime(2020, day[1], day[0], 14, tzinfo=UTC)

    report = reading.read(rows, GENEVA, slot=slot)

    assert (report.day_first, report.is_order_proven) == (day_first, False)


def test_named_columns_are_read_below_the_heading():
    rows = [
        ["تقرير"],
        ["الاسم", "البريد", "الانضمام", "المغادرة"],
        ["أمينة", "amina@example.org", "١٧/٩/٢٠٢٠ ٣:٠٠ م", "17/9/2020 4:00 م"],
    ]
    columns = {"name": 0, "email": 1, "joined": 2, "left": 3}

    report = reading.read(rows, reading.Said("Europe/Zurich", columns=columns, heading=2), slot=SLOT)

    assert [(join.name, figures_of([join])["in_slot"]) for join in report.joins] == [("أمينة", 60)]


def row_of(name):
    return [name, f"{name}@example.org", "2020-09-17 15:00", "2020-09-17 15:30"]


HEADING = ["Name", "Email", "Join time", "Leave time"]


@pytest.mark.parametrize(
    ("between", "lines"),
    [
        ([["zoe"]], [3]),
        ([[]], []),
        ([["zoe"], [], ["zoe", "zoe@example.org"]], [3, 5]),
        ([["zoe", "zoe@example.org"]], [3]),
    ],
)
def test_short_row_is_named_and_those_after_it_count(between, lines):
    rows = [HEADING, row_of("amina"), *between, row_of("li"), row_of("luis")]

    report = reading.read(rows, GENEVA, slot=SLOT)

    assert [join.name for join in report.joins] == ["amina", "li", "luis"]
    assert [(other.number, other.reason) for other in report.others] == [
        (line, "This row has no times.") for line in lines
    ]


def test_last_line_with_a_name_alone_is_named():
    report = reading.read([HEADING, row_of("amina"), row_of("li"), ["zoe"]], GENEVA, slot=SLOT)

    assert [(other.number, other.name) for other in report.others] == [(4, "zoe")]


def test_table_of_something_else_below_is_no_part_of_it():
    rows = [HEADING, row_of("amina"), [], ["3. Questions"], ["Name", "Text", "Asked at"], ["li", "Why?", "15:10"]]

    report = reading.read(rows, GENEVA, slot=SLOT)

    assert ([join.name for join in report.joins], report.others) == (["amina"], [])


def test_name_with_very_many_spaces_is_read_as_fast_as_any():
    row = ["a" + " " * 100_000 + "b", "", "2020-09-17 15:00", "2020-09-17 15:30", "app"]
    begin = time.process_time()

    report = reading.read(
        [["Name", "Attendee Email", "Join Time", "Leave Time", "Connection Type"], row], GENEVA, slot=SLOT
    )

    # Half a minute, when a pattern tried the spaces from each of them.
    assert time.process_time() - begin < 5
    assert [join.name for join in report.joins] == ["a b"]


def test_who_left_before_joining_is_named_and_not_said_to_be_outside_the_slot():
    wrong = ["zoe", "zoe@example.org", "2020-09-17 15:30", "2020-09-17 15:00"]

    report = reading.read([HEADING, row_of("amina"), wrong], GENEVA, slot=SLOT)

    assert [join.name for join in report.joins] == ["amina"]
    assert [(other.number, other.reason) for other in report.others] == [(3, "Left before joining, says the file.")]
