"""Files that staff upload: usual ones are read whatever wrote them, hostile and broken ones say what to do."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from registrations import uploaded_table

REFERENCE = "&a%d;"
ROWS = [["Name", "E-mail"], ["Zoé Müller", "zoe@x.example"]]


def workbook(*sheets) -> bytes:
    """Each sheet is rows and a state."""
    book = Workbook()
    book.remove(book.active)
    for number, (rows, state) in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet {number}")
        sheet.sheet_state = state
        for row in rows:
            sheet.append(row)
    octets = io.BytesIO()
    book.save(octets)
    return octets.getvalue()


def packed(members) -> bytes:
    octets = io.BytesIO()
    with zipfile.ZipFile(octets, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return octets.getvalue()


def changed(octets, name, change) -> bytes:
    """An Excel file with another content of one of its members."""
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        members = {member: archive.read(member) for member in archive.namelist()}
    return packed(members | {name: change(members[name])})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_of_any_program(encoding, delimiter):
    text = "\r\n".join(delimiter.join(row) for row in ROWS)

    assert uploaded_table.read(text.encode(encoding)).rows == ROWS


def test_csv_with_quotes_line_breaks_and_the_line_for_excel():
    text = 'sep=;\n"Otieno, Amina";"a@x.example"\n"Omar\nHaddad";o@x.example'

    rows = [row for row in uploaded_table.read(text.encode()).rows if row]

    assert rows == [["Otieno, Amina", "a@x.example"], ["Omar Haddad", "o@x.example"]]


def test_excel_file():
    table = uploaded_table.read(workbook((ROWS, "visible")))

    assert (table.rows, table.notes) == (ROWS, [])


def test_first_visible_sheet_is_read_and_the_others_are_named():
    table = uploaded_table.read(workbook(([["secret"]], "hidden"), (ROWS, "visible"), ([["more"]], "visible")))

    assert table.rows == ROWS
    assert table.notes == ["Only the sheet “Sheet 1” was read. Left out: Sheet 0, Sheet 2."]


def test_formulas_keep_their_sign_and_numbers_are_text():
    table = uploaded_table.read(workbook(([['=HYPERLINK("http://evil.example")', 7, "=1/0", True]], "visible")))

    assert [cell[:1] for cell in table.rows[0]] == ["=", "7", "=", "T"]


def test_formatted_rows_without_content_do_not_count():
    book = Workbook()
    book.active.append(["Amina", "a@x.example"])
    book.active.cell(row=5000, column=1).number_format = "0.00"
    octets = io.BytesIO()
    book.save(octets)

    assert uploaded_table.read(octets.getvalue()).rows == [["Amina", "a@x.example"]]


@pytest.mark.parametrize(
    ("octets", "words"),
    [
        (b"x" * (uploaded_table.MOST_OCTETS + 1), "This file is too large"),
        (b"a@x.example\n" * 1001, "This file has more than 1000 lines"),
        (b'"' + b"x" * 200_000, "This file cannot be read as a table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is an Excel file of the old kind"),
        (b"PK\x03\x04" + b"\0" * 50, "This file cannot be opened as an Excel file"),
        (packed({"word/document.xml": "<w/>"}), "This file cannot be opened as an Excel file"),
        (packed({"xl/workbook.xml": "<broken"}), "This file cannot be opened as an Excel file"),
        (packed({"xl/bomb.xml": b"0" * (31 * 1024 * 1024)}), "This file is too large once it is unpacked"),
        (
            changed(workbook((ROWS, "visible")), "xl/workbook.xml", lambda xml: xml.replace(b"visible", b"hidden")),
            "No sheet of this file is visible",
        ),
    ],
    ids=["large", "long", "cell", "old", "cut", "word", "broken", "bomb", "hidden"],
)
def test_file_that_cannot_be_read_says_why(octets, words):
    with pytest.raises(uploaded_table.CannotRead, match=words):
        uploaded_table.read(octets)


def test_entities_in_a_sheet_do_not_blow_up():
    entities = [f'<!ENTITY a{n + 1} "{10 * (REFERENCE % n)}">' for n in range(12)]
    laughs = "".join(['<!DOCTYPE x [<!ENTITY a0 "ha">', *entities])
    sheet = f"{laughs}]><worksheet><sheetData><row><c t='str'><v>&a12;</v></c></row></sheetData></worksheet>"
    octets = changed(workbook((ROWS, "visible")), "xl/worksheets/sheet1.xml", lambda _xml: sheet.encode())

    with pytest.raises(uploaded_table.CannotRead):
        uploaded_table.read(octets)


@pytest.mark.parametrize("octets", [b"", b"\0\0\0\0", b"\xff\xfe", b"\xff" * 500, bytes(range(256)) * 10])
def test_junk_is_no_fault_of_ours(octets):
    try:
        rows = uploaded_table.read(octets).rows
    except uploaded_table.CannotRead:
        return
    assert all(isinstance(cell, str) for row in rows for cell in row)
