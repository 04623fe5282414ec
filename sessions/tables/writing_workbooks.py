"""Excel files written by XlsxWriter, row by row: texts stay texts, moments are dates, and memory stays flat."""

import re
from contextlib import ExitStack
from datetime import datetime, timedelta
from tempfile import TemporaryDirectory, TemporaryFile

from xlsxwriter import Workbook

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH = 22
# Excel counts days from here; those before March 1900 differ.
DAY_0 = datetime(1899, 12, 30)
# Excel has no place for these characters; XlsxWriter would write some as `_x0000_`, and fail at others.
NOT_IN_A_CELL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# A cell of the format @ stays a text also when somebody edits it, so that "=1+1" never computes.
TEXT, HEADING = {"num_format": "@"}, {"num_format": "@", "bold": True}
MOMENT = {"num_format": "yyyy-mm-dd hh:mm"}
# XlsxWriter takes a text between <r> and </r> for markup, and would write it into the sheet as it is.
BEGINS_MARKUP = "<r>"


def workbook(*, sheet, headings, rows):
    """An open temporary file with an Excel file of one sheet, at its start; it is gone once it is closed.

    `rows` has a list of texts, numbers, datetimes and None each. A datetime is shown as it is on its own clock, for
    Excel knows no zones. XlsxWriter leaves out rows after the 1,048,576th, which Excel would not open, and what a text
    has after 32,767 characters. The name of the sheet has at most 31 characters and none of `[]:*?/\\`.
    """
    # In the folder is what XlsxWriter puts aside while it writes.
    with ExitStack() as unfinished, TemporaryDirectory() as folder:
        file = unfinished.enter_context(TemporaryFile())
        book = Workbook(file, {"constant_memory": True, "tmpdir": folder})
        _fill(book, book.add_worksheet(sheet), headings, rows)
        book.close()
        file.seek(0)
        unfinished.pop_all()
        return file


def _fill(book, sheet, headings, rows):
    text, moment, heading = (book.add_format(form) for form in (TEXT, MOMENT, HEADING))
    sheet.set_column(0, len(headings) - 1, WIDTH)
    # The headings stay in sight.
    sheet.freeze_panes(1, 0)
    for column, value in enumerate(headings):
        sheet.write_string(0, column, _text(value), heading)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _write(sheet, (number, column), value, text, moment)


def _write(sheet, place, value, text, moment):
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        sheet.write_number(*place, (value.replace(tzinfo=None) - DAY_0) / timedelta(days=1), moment)
    elif isinstance(value, int):
        sheet.write_number(*place, value)
    else:
        sheet.write_string(*place, _text(value), text)


def _text(value) -> str:
    text = str(value)
    # Most are: whatever is taken out or changed here is not printable.
    if not text.isprintable():
        text = NOT_IN_A_CELL.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return f" {text}" if text.startswith(BEGINS_MARKUP) else text
