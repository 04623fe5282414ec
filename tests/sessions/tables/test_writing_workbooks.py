"""Excel files that we write: two readers find in them what was put in, nothing computes, nothing is held back."""

import io
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from xml.dom import minidom

import pytest
from openpyxl import load_workbook

from sessions.tables import Limits, read
from sessions.tables.writing_workbooks import LONGEST_TEXT, OCTETS_AT_ONCE, workbook

TEXTS = ["=1+1", "+41 22", "-1", "@SUM(A1)", "\N{FULLWIDTH EQUALS SIGN}1", " =1", "0041", "1e5", "true", "2026-09-17"]
NAMES = ["O'Brien & <Ana>", "محمد عبد الله", "李小龙", "Nguyễn Thị Minh", "a  b ", "😀", "]]>", "_x0041_", "one\ntwo"]


def octets(*rows, headings=("Name",), sheet="People") -> bytes:
    return b"".join(workbook(sheet=sheet, headings=list(headings), rows=rows))


def cells(*rows, **given):
    """As openpyxl reads them, without the headings."""
    return list(load_workbook(io.BytesIO(octets(*rows, **given))).active.iter_rows(min_row=2))


@pytest.mark.parametrize("text", [*TEXTS, *NAMES])
def test_text_stays_the_text_it_is(text):
    [[cell]] = cells([text])

    assert (cell.data_type, cell.value.replace("_x005F_", "_"), cell.number_format) == ("s", text, "@")


def test_our_own_reader_finds_the_same():
    written = [[text] for text in [*TEXTS, *NAMES] if " ".join(text.split()) == text]

    assert read(octets(*written), Limits(rows=100)).rows == [["Name"], *written]


def test_moment_is_a_date_on_its_own_clock_to_the_second():
    geneva = datetime(2026, 9, 17, 23, 59, 59, tzinfo=timezone(timedelta(hours=2)))

    [[local, universal]] = cells([geneva, geneva.astimezone(UTC)], headings=["Local", "UTC"])

    assert (local.value, universal.value) == (datetime(2026, 9, 17, 23, 59, 59), datetime(2026, 9, 17, 21, 59, 59))
    assert local.is_date


def test_number_is_a_number_and_nothing_is_an_empty_cell():
    [[number, nothing, empty]] = cells([7, None, ""], headings=["A", "B", "C"])

    assert (number.value, number.data_type, nothing.value, empty.value) == (7, "n", None, None)


def test_more_columns_than_letters_have_their_places():
    headings = [f"Heading {number}" for number in range(60)]

    [row] = cells(list(range(60)), headings=headings)

    assert [(cell.column, cell.value) for cell in row] == [(number + 1, number) for number in range(60)]


def test_what_xml_cannot_hold_is_left_out():
    [[cell]] = cells(["a\x00b\x1f\ufffe\ud800c\r\nd\re"])

    assert cell.value == "abc\nd\ne"


def test_text_longer_than_a_cell_is_cut():
    [[cell]] = cells(["x" * (LONGEST_TEXT + 1)])

    assert cell.value == "x" * LONGEST_TEXT


def test_name_of_the_sheet_and_every_part_are_well_formed():
    file = octets(["x"], sheet='A & "B"')

    with zipfile.ZipFile(io.BytesIO(file)) as package:
        assert package.testzip() is None
        parts = [minidom.parseString(package.read(name)).documentElement.tagName for name in package.namelist()]
    assert parts == ["Types", "Relationships", "workbook", "Relationships", "styleSheet", "worksheet"]
    assert load_workbook(io.BytesIO(file)).sheetnames == ['A & "B"']


def test_rows_are_asked_for_while_the_file_is_sent():
    asked = []

    def rows():
        for number in range(50_000):
            asked.append(number)
            yield [f"person{number * 7919}@ministry.example"]

    pieces = workbook(sheet="People", headings=["Name"], rows=rows())
    first = next(pieces)

    assert len(first) < 2 * OCTETS_AT_ONCE
    assert len(asked) < 50_000
    assert len([first, *pieces]) > 3
