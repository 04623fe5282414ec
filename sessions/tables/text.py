"""CSV and other text with a delimiter, as spreadsheets, mail programs and meeting platforms write it."""

import csv
import io
import re

from django.utils.translation import gettext as _

from sessions.tables import encodings
from sessions.tables.table import CannotRead, Choice, Growing, Limits, Reading, Table

# The first ones win where nothing speaks for another.
DELIMITERS = (";", "\t", ",", "|")
FIRST_LINES = 20
IN_QUOTES = re.compile(r'"(?:[^"]|"")*"')
# Excel takes the delimiter from such a first line.
SEPARATOR_LINE = re.compile(r'"?sep=(.)"?(?=[\r\n])', re.IGNORECASE)
NOT_TEXT = re.compile(r"[\0-\x08\x0e-\x1a]")


def read(octets: bytes, limits: Limits, choice: Choice) -> Table:
    """Raises CannotRead."""
    encoding, is_guess = (choice.encoding, False) if choice.encoding else encodings.find(octets)
    text = encodings.decoded(octets, encoding)
    _refuse_other_files(text)
    said = SEPARATOR_LINE.match(text)
    text = text[said.end() :] if said else text
    delimiter = choice.delimiter or (said[1] if said else _delimiter(text))
    return Table(_rows(text, delimiter, limits), Reading(encoding, delimiter, is_guess=is_guess))


def _refuse_other_files(text):
    # A few may be slips of somebody's program; a picture or a program is full of them.
    if len(NOT_TEXT.findall(text[:10_000])) > len(text[:10_000]) / 20:
        raise CannotRead(_("This file is no table. Save it as CSV or XLSX, or paste the lines."))


def _delimiter(text) -> str:
    """The character that is in most of the first lines, outside quotes."""
    lines = [IN_QUOTES.sub("", line) for line in text[:100_000].splitlines() if line.strip()][:FIRST_LINES]
    return max(DELIMITERS, key=lambda character: sum(character in line for line in lines))


def _rows(text, delimiter, limits) -> list[list[str]]:
    table = Growing(limits)
    # With this `newline`, only CR and LF end a line: U+2028 and others can be in cells.
    lines = io.StringIO(text, newline="")
    try:
        for number, cells in enumerate(csv.reader(lines, delimiter=delimiter), 1):
            # A million empty lines are no more than their number.
            if any(cells):
                table.add(number, cells)
    except csv.Error:
        raise CannotRead(
            _("This file cannot be read as a table. Save it as CSV or XLSX, or paste the lines.")
        ) from None
    return table.rows
