"""A table that staff upload, as rows of plain text: CSV in any usual writing, or the first visible sheet of an XLSX."""

import codecs
import csv
import io
import zipfile
from dataclasses import dataclass, field
from itertools import islice
from xml.etree.ElementTree import ParseError

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from openpyxl import load_workbook

MOST_OCTETS, MOST_UNPACKED_OCTETS = 2 * 1024 * 1024, 30 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 1000, 20
# Excel keeps formatted rows without content far below the last one.
ROWS_OF_SHEET = 20_000
DELIMITERS = (";", "\t", ",")
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# Whatever openpyxl meets in a broken or hostile file; its own exceptions are few and do not cover these.
BROKEN = (zipfile.BadZipFile, ParseError, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError)
FORMULA = "="


class CannotRead(Exception):
    """The words say why, and what to do."""


@dataclass(frozen=True)
class Table:
    """Rows of cells, one line of text each; `notes` say what was left out. A formula keeps its sign "="."""

    rows: list[list[str]]
    notes: list[str] = field(default_factory=list)


def read(octets: bytes) -> Table:
    """Raises CannotRead, also for a table of more than MOST_ROWS rows."""
    if len(octets) > MOST_OCTETS:
        text = _("This file is too large: at most %(limit)s are possible. Split it, or paste the lines.")
        raise CannotRead(text % {"limit": filesizeformat(MOST_OCTETS)})
    if octets.startswith(OLD_EXCEL):
        raise CannotRead(_("This is an Excel file of the old kind. Save it as XLSX or CSV, then choose it again."))
    return _sheet(octets) if octets.startswith(ZIP) else Table(_limited(_csv_rows(_text(octets))))


def _limited(rows) -> list[list[str]]:
    found = list(islice(rows, MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        text = _("This file has more than %(number)d lines. Split it into several files.")
        raise CannotRead(text % {"number": MOST_ROWS})
    return found


def _text(octets: bytes) -> str:
    if octets.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return octets.decode("utf-16", "replace")
    if octets[1:200:2].count(0) > len(octets[1:200:2]) / 2:
        return octets.decode("utf-16-le", "replace")
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel writes as "CSV" in the west of Europe.
        return octets.decode("cp1252", "replace")


def _csv_rows(text: str):
    lines = text.splitlines(keepends=True)
    if lines and lines[0].strip().casefold().startswith("sep="):
        lines[0] = "\n"
    try:
        for cells in csv.reader(lines, delimiter=_delimiter(lines)):
            yield [_one_line(cell) for cell in cells[:MOST_COLUMNS]]
    except csv.Error:
        raise CannotRead(
            _("This file cannot be read as a table. Save it as CSV or XLSX, or paste the lines.")
        ) from None


def _delimiter(lines) -> str:
    """The sign that stands in most of the first lines."""
    first = [line for line in lines if line.strip()][:20]
    return max(DELIMITERS, key=lambda sign: sum(sign in line for line in first))


def _sheet(octets: bytes) -> Table:
    try:
        _refuse_bomb(octets)
        workbook = load_workbook(io.BytesIO(octets), read_only=True)
        visible = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        if not visible:
            raise CannotRead(_("No sheet of this file is visible."))
        rows = _limited(_without_empty_end(list(_sheet_rows(visible[0]))))
    except BROKEN:
        raise CannotRead(_("This file cannot be opened as an Excel file. Save it anew as XLSX or CSV.")) from None
    return Table(rows, _left_out(workbook, visible[0]))


def _refuse_bomb(octets):
    with zipfile.ZipFile(io.BytesIO(octets)) as packed:
        unpacked = sum(member.file_size for member in packed.infolist())
    if unpacked > MOST_UNPACKED_OCTETS:
        raise CannotRead(_("This file is too large once it is unpacked. Copy the people into a new file."))


def _sheet_rows(sheet):
    # Not the size that the file claims: it may be wrong or huge.
    sheet.reset_dimensions()
    for row in sheet.iter_rows(max_row=ROWS_OF_SHEET, max_col=MOST_COLUMNS):
        yield _without_empty_end([_cell(cell) for cell in row])


def _cell(cell) -> str:
    if cell.value is None:
        return ""
    text = _one_line(str(cell.value))
    is_computed = cell.data_type in ("f", "e")
    return FORMULA + text.removeprefix(FORMULA) if is_computed else text


def _one_line(text: str) -> str:
    return " ".join(text.splitlines()).strip()


def _without_empty_end(items):
    while items and not items[-1]:
        items.pop()
    return items


def _left_out(workbook, read) -> list[str]:
    others = [sheet.title for sheet in workbook.worksheets if sheet.title != read.title]
    if not others:
        return []
    text = _("Only the sheet “%(read)s” was read. Left out: %(others)s.")
    return [text % {"read": read.title, "others": ", ".join(others)}]
