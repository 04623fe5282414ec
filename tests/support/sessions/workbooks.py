"""Excel files for tests: made by openpyxl, changed by hand, and hostile ones."""

import io
import zipfile

from openpyxl import Workbook

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET, STYLES, BOOK = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
ROWS = [["Name", "E-mail"], ["Zoé Müller", "zoe@x.example"]]


def workbook(*sheets) -> bytes:
    """Each sheet is rows, or rows and a state."""
    book = Workbook()
    book.remove(book.active)
    for number, sheet in enumerate(sheets):
        rows, state = sheet if isinstance(sheet, tuple) else (sheet, "visible")
        made = book.create_sheet(f"Sheet {number}")
        made.sheet_state = state
        for row in rows:
            made.append(row)
    return saved(book)


def saved(book) -> bytes:
    octets = io.BytesIO()
    book.save(octets)
    return octets.getvalue()


def packed(members, method=zipfile.ZIP_DEFLATED) -> bytes:
    octets = io.BytesIO()
    with zipfile.ZipFile(octets, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return octets.getvalue()


def members_of(octets) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(octets, name, change) -> bytes:
    """An Excel file with another content of one of its members."""
    members = members_of(octets)
    return packed(members | {name: change(members[name])})


def with_sheet(cells: str) -> bytes:
    """A workbook whose sheet has these rows, as XML."""
    sheet = f"<worksheet {MAIN}><sheetData>{cells}</sheetData></worksheet>"
    return packed(members_of(workbook(ROWS)) | {SHEET: sheet})


def with_shared_strings(cells: str, strings: str) -> bytes:
    """A workbook whose cells name texts by their position, as Excel writes it."""
    relation = b'<Relationship Id="rId9" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    octets = changed(with_sheet(cells), RELATIONS, lambda xml: xml.replace(b"</Relationships>", relation))
    return packed(members_of(octets) | {"xl/sharedStrings.xml": f"<sst {MAIN}>{strings}</sst>"})


def with_member(name, content) -> bytes:
    return packed(members_of(workbook(ROWS)) | {name: content})


# Elements without anything in them, by how many they are.
EMPTY = {
    "fonts": lambda number: with_member(STYLES, f"<styleSheet {MAIN}><fonts>{'<font/>' * number}</fonts>"),
    "cells": lambda number: with_sheet(f"<row>{'<c/>' * number}</row>"),
}
