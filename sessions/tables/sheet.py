"""The cells of a sheet, as Excel stores them: their texts, numbers, dates and formulas (ECMA-376 Part 1, 18.3)."""

import re

from sessions.tables.table import FORMULA

REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
# ECMA-376 Part 1, 22.9.2.19 (ST_Xstring): characters that XML cannot hold.
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class Texts:
    """Collects the text of elements, without the reading of names in Japanese, which is printed above them."""

    def __init__(self):
        self._parts, self._collects, self._is_above = [], False, False

    def start(self, tag, attributes):
        if tag == "rPh":
            self._is_above = True
        self._collects = tag in ("t", "v", "f") and not self._is_above

    def end(self, tag):
        self._collects = False
        if tag == "rPh":
            self._is_above = False

    def text(self, text):
        if self._collects:
            self._parts.append(text)

    def taken(self) -> str:
        text = "".join(self._parts)
        self._parts.clear()
        return text


class SharedStrings(Texts):
    """The texts that cells name by their position."""

    def __init__(self):
        super().__init__()
        self.texts = []

    def end(self, tag):
        super().end(tag)
        if tag == "si":
            self.texts.append(_unescaped(self.taken()))


class Sheet(Texts):
    """Its rows in `rows`, each by its own number."""

    def __init__(self, growing, strings, styles, begins_in_1904):
        super().__init__()
        self._growing, self._strings, self._styles = growing, strings, styles
        self._begins_in_1904 = begins_in_1904
        self._row, self._column, self._cells = 0, 0, {}
        self._type, self._style, self._formula = "n", "", None

    @property
    def rows(self) -> list[list[str]]:
        return self._growing.rows

    def start(self, tag, attributes):
        super().start(tag, attributes)
        if tag == "row":
            self._row, self._column, self._cells = int(attributes.get("r", self._row + 1)), 0, {}
        elif tag == "c":
            self._column = _column(attributes["r"]) if "r" in attributes else self._column + 1
            self._type, self._style, self._formula = attributes.get("t", "n"), attributes.get("s", ""), None

    def end(self, tag):
        super().end(tag)
        if tag == "f":
            self._formula = FORMULA + self.taken().removeprefix(FORMULA)
        elif tag == "c":
            self._keep(self._value(self.taken()))
        elif tag == "row":
            self._close_row()

    def _keep(self, value):
        if value:
            self._cells[self._column] = value

    def _close_row(self):
        if self._cells and self._row > 0:
            last = max(self._cells)
            self._growing.add(self._row, [self._cells.get(column, "") for column in range(1, last + 1)])

    def _value(self, stored) -> str:
        if self._formula is not None:
            return self._formula
        if self._type == "s":
            return self._strings[int(stored)] if stored else ""
        if self._type == "e":
            return FORMULA + stored
        if self._type == "b":
            return "TRUE" if stored == "1" else "FALSE"
        if self._type == "n" and stored:
            return self._styles.written(stored, self._style, self._begins_in_1904)
        return _unescaped(stored)


def _column(reference) -> int:
    """1 of "A7", 27 of "AA7"."""
    letters = REFERENCE.fullmatch(reference)
    if letters is None:
        raise ValueError(reference)
    number = 0
    for letter in letters[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _unescaped(text) -> str:
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
