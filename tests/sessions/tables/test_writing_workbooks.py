"""Excel files that we write: two readers find in them what was put in, nothing computes, nothing is left behind."""

import io
import tempfile
import tracemalloc
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from xml.dom import minidom

import pytest
from openpyxl import load_workbook

from sessions.tables import Limits, read
from sessions.tables.writing_workbooks import workbook

# Of a cell of Excel, in units of UTF-16.
LONGEST_TEXT = 32_767
TEXTS = ["=1+1", "+41 22", "-1", "@SUM(A1)", "\N{FULLWIDTH EQUALS SIGN}1", " =1", "0041", "1e5", "true", "2026-09-17"]
NAMES = ["O'Brien & <Ana>", "محمد عبد الله", "李小龙", "Nguyễn Thị Minh", "a  b ", "😀", "]]>", "_x0041_", "one\ntwo"]


def octets(*rows, headings=("Name",), sheet="People") -> bytes:
    with workbook(sheet=sheet, headings=list(headings), rows=rows) as file:
        return file.read()


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


@pytest.mark.parametrize(
    "text",
    [
        "<r><t>bold</t></r>",
        "<r></is></c><c r='B2'><f>1+1</f></c><c r='C2' t='inlineStr'><is></r>",
        "\x00<r><unfinished></r>",
    ],
)
def test_markup_that_somebody_typed_is_text_after_a_space(text):
    [[cell, nothing]] = cells([text, None], headings=["A", "B"])

    assert (cell.data_type, cell.value) == ("s", " " + text.replace("\x00", ""))
    assert nothing.value is None


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        pytest.param("x" * (LONGEST_TEXT + 1), "x" * LONGEST_TEXT, id="letters"),
        pytest.param("😀" * LONGEST_TEXT, "😀" * (LONGEST_TEXT // 2), id="pairs of UTF-16"),
    ],
)
def test_text_longer_than_a_cell_is_cut(text, cut):
    [[cell]] = cells([text])

    assert cell.value == cut


def test_headings_are_bold_texts_that_stay_in_sight():
    sheet = load_workbook(io.BytesIO(octets(["x"], headings=["=1+1"]))).active

    assert (sheet["A1"].value, sheet["A1"].data_type, sheet["A1"].font.bold) == ("=1+1", "s", True)
    assert sheet.freeze_panes == "A2"


def test_name_of_the_sheet_and_every_part_are_well_formed():
    file = octets(["x"], sheet='A & "B"')

    with zipfile.ZipFile(io.BytesIO(file)) as package:
        assert package.testzip() is None
        parts = [minidom.parseString(package.read(name)).documentElement.tagName for name in package.namelist()]
    assert {"Types", "Relationships", "workbook", "styleSheet", "worksheet"} <= set(parts)
    assert load_workbook(io.BytesIO(file)).sheetnames == ['A & "B"']


def most_memory(number) -> int:
    """Octets that are held at most while a file of so many rows is written."""
    rows = ([f"person{n * 7919}@ministry.example"] for n in range(number))
    tracemalloc.start()
    try:
        workbook(sheet="People", headings=["Name"], rows=rows).close()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_no_row_stays_in_memory():
    most_memory(10)

    assert most_memory(10_000) < most_memory(1000) + 200_000


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where temporary files are made."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_file_has_no_name_that_could_stay_behind(folder):
    with workbook(sheet="People", headings=["Name"], rows=[["x"]]) as file:
        assert file.read(2) == b"PK"
        assert list(folder.iterdir()) == []


def test_nothing_is_left_of_a_file_whose_rows_fail(folder):
    def rows():
        yield ["x"]
        assert len(list(folder.iterdir())) == 1
        raise ConnectionError

    with pytest.raises(ConnectionError):
        workbook(sheet="People", headings=["Name"], rows=rows())
    assert list(folder.iterdir()) == []
