"""CSV that no spreadsheet computes, whichever character it takes for the delimiter."""

import csv
import re
import unicodedata

# By this mark spreadsheets know UTF-8.
BYTE_ORDER_MARK = "\ufeff"
# Spreadsheets compute a cell that begins so (OWASP, "CSV Injection"), some also with the wide forms of these.
BEGINS_A_FORMULA = frozenset("=+-@")
BEGINS_A_CELL = re.compile(r'[ "\u00a0]*(.)', re.DOTALL)
# Where the list separator of the system is another one, a cell ends inside our quotes: `"a;=1"` becomes `=1"`.
AFTER_A_DELIMITER = re.compile(r'(?<=[,;|:\t\r\n])([ "\u00a0]*)(.)', re.DOTALL)
GUARDED = re.compile(r"""(?<=[,;|:\t\r\n])([ "\u00a0]*)'(.)""", re.DOTALL)

# Most texts: they begin with a letter or digit, and no cell can end in them.
HARMLESS = re.compile(r"\w[^,;|:\t\r\n]*")


def csv_lines(rows, delimiter=","):
    """Each row of texts as a line of CSV (RFC 4180), every cell in quotes and made safe; the first one has the mark."""
    writer, mark = csv.writer(_Passing(), quoting=csv.QUOTE_ALL, delimiter=delimiter), BYTE_ORDER_MARK
    for row in rows:
        yield mark + writer.writerow([safe(str(value)) for value in row])
        mark = ""


def safe(text: str) -> str:
    """The text with an apostrophe wherever a formula would begin: at its start, and after each possible delimiter."""
    if HARMLESS.fullmatch(text):
        return text
    guarded = AFTER_A_DELIMITER.sub(_guarded, text)
    first = BEGINS_A_CELL.match(text)
    return f"'{guarded}" if text[:1] in ("\t", "\r", "\n") or (first and _begins_a_formula(first[1])) else guarded


def unguarded(cell: str) -> str:
    """The text that `safe` made this cell of."""
    text = cell[1:] if cell[:1] == "'" and safe(cell[1:])[:1] == "'" else cell
    return GUARDED.sub(_without_guard, text)


def _without_guard(found) -> str:
    between, character = found.groups()
    return between + character if _begins_a_formula(character) else found[0]


def _guarded(found) -> str:
    between, character = found.groups()
    return f"{between}'{character}" if _begins_a_formula(character) else found[0]


def _begins_a_formula(character) -> bool:
    return unicodedata.normalize("NFKC", character)[:1] in BEGINS_A_FORMULA


class _Passing:
    """A file for the csv module that gives each row back."""

    def write(self, row):
        return row
