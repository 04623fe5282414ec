"""Tables for spreadsheets: whatever delimiter the reader's system takes, no cell computes and no text is lost."""

import csv
import io
import unicodedata

import pytest

from sessions.tables.writing import csv_lines, safe

CALL = "=WEBSERVICE(A1)"
HOSTILE = [
    CALL,
    f"x;{CALL};y",
    f"x\t{CALL}\ty",
    f"x,{CALL},y",
    f"x|{CALL}|y",
    f"x; {CALL}",
    f'x;"{CALL}"',
    f"x\r\n{CALL}",
    f"x\n{CALL};y",
    f";;\t{CALL}",
    "x;+1",
    "x;-1+cmd",
    "x;@SUM(A1)",
    "x;\N{FULLWIDTH EQUALS SIGN}1",
    " =1+1",
    "\t=1",
    "\r=1",
]


def cells(octets: str, delimiter) -> list[str]:
    """As a spreadsheet reads the file that takes this character for the delimiter; quotes inside a cell are text."""
    found = csv.reader(io.StringIO(octets.removeprefix("\ufeff"), newline=""), delimiter=delimiter)
    return [cell for row in found for cell in row]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_computes_in_any_locale(delimiter, text):
    table = "".join(csv_lines([["Name", "Organisation", "Needs"], ["Ana", text, text], ["Zoe", "UNEP", ""]]))

    starts = [unicodedata.normalize("NFKC", cell.lstrip(' "\u00a0\t\r\n')[:1]) for cell in cells(table, delimiter)]

    assert [start for start in starts if start in {"=", "+", "-", "@"}] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ana",
        "a=1",
        "O'Brien, Ana",
        "محمد عبد الله",
        'Captions,\r\nplease; "now"',
        "co-operation; e.g. 1+1",
        "a@b.org",
    ],
)
def test_harmless_text_stays_as_it_is(text):
    table = "".join(csv_lines([["Needs", "Name"], [text, "Zoe"]]))

    assert safe(text) == text
    assert cells(table, ",") == ["Needs", "Name", text, "Zoe"]


def test_file_begins_with_the_mark_of_utf_8_and_every_cell_is_in_quotes():
    assert list(csv_lines([["Name", 7], ["Ana", ""]])) == ['\ufeff"Name","7"\r\n', '"Ana",""\r\n']
