"""Which numbers of a workbook are dates, and how they are written as text (ECMA-376 Part 1, 18.8.30)."""

import re
from datetime import datetime, timedelta

# The formats that have no code in the file; 27 to 36 and 50 to 58 are dates in East Asia.
BUILT_IN_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
# Text in a code says nothing of its kind: "d" in `"day" 0`, the colour in `[Red]0`; but `[h]` is a duration.
NOT_OF_THE_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
PART_OF_A_DATE = re.compile("[dmyhs]", re.IGNORECASE)
# Excel takes no longer one, and some take quadratic time.
LONGEST_CODE = 255
# Day 60 is 29 February 1900, which never was; counting from this day is right from March 1900 on.
FIRST_DAY, FIRST_DAY_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)


class Styles:
    """Reads the styles of a workbook and writes its numbers."""

    def __init__(self):
        self._codes, self._formats, self._is_of_cells = {}, [], False
        self._dates = {}

    def start(self, tag, attributes):
        if tag == "numFmt":
            self._codes[attributes["numFmtId"]] = attributes.get("formatCode", "")[:LONGEST_CODE]
        elif tag == "cellXfs":
            self._is_of_cells = True
        elif tag == "xf" and self._is_of_cells:
            self._formats.append(attributes.get("numFmtId", "0"))

    def end(self, tag):
        if tag == "cellXfs":
            self._is_of_cells = False

    def text(self, text):
        pass

    def written(self, stored, style, begins_in_1904) -> str:
        """A number as text; a date in the form of ISO 8601. What is no number stays as it is."""
        try:
            number = float(stored)
            return _moment(number, begins_in_1904) if self._is_date(style) else _number(number)
        except (ValueError, OverflowError):
            return stored

    def _is_date(self, style) -> bool:
        """Found out once: a sheet has a million cells."""
        if style not in self._dates:
            self._dates[style] = self._says_date(style)
        return self._dates[style]

    def _says_date(self, style) -> bool:
        if not style.isdecimal() or int(style) >= len(self._formats):
            return False
        key = self._formats[int(style)]
        if key in self._codes:
            return bool(PART_OF_A_DATE.search(NOT_OF_THE_CODE.sub("", self._codes[key])))
        return key.isdecimal() and int(key) in BUILT_IN_DATES


def _number(number) -> str:
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def _moment(number, begins_in_1904) -> str:
    first = FIRST_DAY_1904 if begins_in_1904 else FIRST_DAY
    # Excel stores a moment as a fraction of a day, which is off by some microseconds.
    moment = first + timedelta(seconds=round(number * 86_400))
    if 0 <= number < 1:
        return f"{moment:%H:%M:%S}"
    return f"{moment:%Y-%m-%d}" if number.is_integer() else f"{moment:%Y-%m-%d %H:%M:%S}"
