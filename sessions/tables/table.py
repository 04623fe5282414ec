"""What a table is here: rows of cells of plain text, how they were read, and how large they may be."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

# A cell that a spreadsheet computes keeps its formula behind this character.
FORMULA = "="
UNREADABLE = "\N{REPLACEMENT CHARACTER}"
BREAKS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029\t\ufeff]+")
# Neither PostgreSQL's JSON nor UTF-8 has room for these.
IMPOSSIBLE = re.compile("[\0\ud800-\udfff]")


class CannotRead(Exception):
    """The words say why, and what to do."""


@dataclass(frozen=True)
class Limits:
    """How large a file may be, in itself and unpacked, and the table in it; and how long reading it may take.

    A cell becomes one line of text, unless the table `keeps_lines`.
    """

    rows: int
    columns: int = 120
    octets: int = 2 * 1024 * 1024
    unpacked_octets: int = 30 * 1024 * 1024
    elements: int = 1_000_000
    characters: int = 2_000_000
    seconds: float = 10
    keeps_lines: bool = False


@dataclass(frozen=True)
class Choice:
    """How somebody wants a file to be read; what is empty is found out. `sheet` is a position in `Reading.sheets`."""

    encoding: str = ""
    delimiter: str = ""
    sheet: int | None = None


@dataclass(frozen=True)
class Reading:
    """How a file was read: a text by its encoding and delimiter, a workbook by one of its sheets.

    `is_guess` where another encoding would have been possible, too.
    """

    encoding: str = ""
    delimiter: str = ""
    sheet: int | None = None
    sheets: list[str] = field(default_factory=list)
    is_guess: bool = False


@dataclass(frozen=True)
class Table:
    """Each row without its empty end; rows without content in between are there, so that their numbers stay."""

    rows: list[list[str]]
    reading: Reading


def without_empty_end(items: list) -> list:
    while items and not items[-1]:
        items.pop()
    return items


class Growing:
    """Rows that are put together one by one, within limits."""

    def __init__(self, limits):
        self.rows, self._limits, self._characters = [], limits, 0

    def add(self, number, cells):
        """The cells of a row by its number, from 1; a row without content is none. Raises CannotRead."""
        most = self._limits.columns
        if any(map(str.strip, cells[most:])):
            text = _("This file has more than %(number)d columns. Leave out those that are not needed.")
            raise CannotRead(text % {"number": most})
        texts = without_empty_end([self._text(cell) for cell in cells[:most]])
        if texts:
            self._require_room(number, texts)
            self.rows += [[] for _missing in range(len(self.rows), number)]
            self.rows[number - 1] = texts

    def _text(self, cell) -> str:
        if not self._limits.keeps_lines:
            return _cell_text(cell)
        return "\n".join(_cell_text(line) for line in cell.splitlines()).strip()

    def _require_room(self, number, texts):
        if number > self._limits.rows:
            raise CannotRead(_("This file has more than %(number)d lines. Split it.") % {"number": self._limits.rows})
        self._characters += sum(map(len, texts))
        if self._characters > self._limits.characters:
            raise CannotRead(_("There is too much text in this file. Leave out the columns that are not needed."))


def _cell_text(text) -> str:
    """In one line, without what cannot be stored."""
    # Most are: whatever is changed here is not printable.
    if text.isprintable():
        return text.strip()
    return IMPOSSIBLE.sub(UNREADABLE, BREAKS.sub(" ", text)).strip()
