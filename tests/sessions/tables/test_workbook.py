"""Excel files become tables: what people see in the cells of the first visible sheet, row by row."""

from datetime import datetime, time

import pytest
from openpyxl import Workbook

from sessions.tables import CannotRead, Choice, Limits, read
from tests.support.sessions.workbooks import (
    BOOK,
    MAIN,
    ROWS,
    SHEET,
    changed,
    members_of,
    packed,
    saved,
    with_shared_strings,
    with_sheet,
    workbook,
)

LIMITS = Limits(rows=1000)


def rows(octets, **choice):
    return read(octets, LIMITS, Choice(**choice)).rows


def test_ordinary_workbook():
    assert rows(workbook(ROWS)) == ROWS


def test_first_visible_sheet_is_read_and_all_are_named():
    table = read(workbook(([["secret"]], "hidden"), ROWS, [["more"]]), LIMITS)

    assert (table.rows, table.reading.sheet) == (ROWS, 1)
    assert table.reading.sheets == ["Sheet 0", "Sheet 1", "Sheet 2"]


def test_another_sheet_can_be_chosen():
    assert rows(workbook(ROWS, [["more"]]), sheet=1) == [["more"]]
    assert rows(workbook(ROWS, [["more"]]), sheet=7) == ROWS


def test_formulas_keep_their_sign_and_numbers_are_text():
    found = rows(workbook([['=HYPERLINK("http://evil.example")', 7, 7.5, 41791234567, "=1/0", True, None, "x"]]))

    assert found == [['=HYPERLINK("http://evil.example")', "7", "7.5", "41791234567", "=1/0", "TRUE", "", "x"]]


def test_dates_are_written_as_iso_8601():
    book = Workbook()
    book.active.append([datetime(2026, 9, 17, 15, 0, 10), datetime(2026, 9, 17), time(15, 30), 46282])
    book.active["E1"] = 1.5
    book.active["E1"].number_format = '[Red]0.0" days"'

    assert rows(saved(book)) == [["2026-09-17 15:00:10", "2026-09-17", "15:30:00", "46282", "1.5"]]


def test_dates_of_workbooks_that_count_from_1904():
    book = Workbook()
    book.epoch = datetime(1904, 1, 1)
    book.active.append([datetime(2026, 9, 17)])

    assert rows(saved(book)) == [["2026-09-17"]]


def test_reading_of_japanese_names_is_no_part_of_them():
    strings = '<si><t>山田花子</t><rPh sb="0" eb="2"><t>ヤマダ</t></rPh></si>'

    assert rows(with_shared_strings('<row><c t="s"><v>0</v></c></row>', strings)) == [["山田花子"]]


def test_rich_text_and_escaped_characters():
    rich = "<is><r><t>Ana</t></r><r><t> Lima_x000D_</t></r></is>"

    assert rows(with_sheet(f'<row><c t="inlineStr">{rich}</c><c t="str"><v>a_x0000_b</v></c></row>')) == [
        ["Ana Lima", "a\N{REPLACEMENT CHARACTER}b"]
    ]


def test_rows_and_cells_without_content_keep_their_place():
    found = rows(with_sheet('<row r="3"><c r="C3" t="str"><v>x</v></c></row><row><c/><c t="str"><v>y</v></c></row>'))

    assert found == [[], [], ["", "", "x"], ["", "y"]]


def test_formatted_rows_without_content_do_not_count():
    book = Workbook()
    book.active.append(["Amina", "a@x.example"])
    book.active.cell(row=5000, column=300).number_format = "0.00"

    assert rows(saved(book)) == [["Amina", "a@x.example"]]


def test_names_with_another_prefix_are_read_as_well():
    def prefixed(xml):
        for tag in (b"worksheet", b"sheetData", b"row", b"c", b"v"):
            xml = xml.replace(b"<" + tag + b" ", b"<x:" + tag + b" ").replace(b"<" + tag + b">", b"<x:" + tag + b">")
            xml = xml.replace(b"</" + tag + b">", b"</x:" + tag + b">")
        return xml.replace(b"xmlns=", b"xmlns:x=")

    assert rows(changed(workbook(ROWS), SHEET, prefixed)) == ROWS


@pytest.mark.parametrize(
    ("octets", "words"),
    [
        (b"PK\x03\x04" + b"\0" * 50, "cannot be opened as an Excel file"),
        (workbook(ROWS)[:-400], "cannot be opened as an Excel file"),
        (packed({"word/document.xml": "<w/>"}), "cannot be opened as an Excel file"),
        (packed({BOOK: "<broken"}), "cannot be opened as an Excel file"),
        (packed({BOOK: '<?xml version="1.0" encoding="zlib"?><workbook/>'}), "cannot be opened as an Excel file"),
        (with_sheet('<row r="-1"><c r="a1"/></row>'), "cannot be opened as an Excel file"),
        (with_sheet('<row><c t="s"><v>99</v></c></row>'), "cannot be opened as an Excel file"),
        (packed(members_of(workbook(ROWS)), method=14), "cannot be opened as an Excel file"),
        (workbook((ROWS, "visible"), ROWS).replace(b"PK\x01\x02", b"PK\x01\x03"), "cannot be opened as an Excel file"),
        (changed(workbook(ROWS), BOOK, lambda xml: xml.replace(b"visible", b"hidden")), "No sheet of this file is"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "This is an OpenDocument file"),
        (packed({"xl/workbook.bin": "x"}), "This is a binary Excel file"),
        (packed({"Index/Document.iwa": "x"}), "This is a Numbers file"),
        (
            changed(
                workbook(ROWS), BOOK, lambda xml: xml.replace(MAIN[7:-5].encode(), b"http://purl.oclc.org/ooxml/s")
            ),
            r"saved as Strict Open XML. Save it as Excel Workbook \(.xlsx\)",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "Excel file of the old kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    ],
)
def test_file_that_cannot_be_read_says_why(octets, words):
    with pytest.raises(CannotRead, match=words):
        read(octets, LIMITS)
