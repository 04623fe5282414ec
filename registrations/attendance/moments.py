"""Dates and times as meeting platforms write them, each in its own way."""

import re
import unicodedata
from datetime import datetime

# What Excel needs to keep a text as it is: ="2020-09-17 15:00:00"
KEPT_AS_TEXT = re.compile(r'="(.*)"')
SPACES = re.compile(r"[\s,\u200e\u200f]+")
NUMERIC = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})[t ](.+)")
WITH_MONTH = re.compile(r"([a-z]{3,9})\.? (\d{1,2}) (\d{4}) (.+)|(\d{1,2}) ([a-z]{3,9})\.? (\d{4}) (.+)")
TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?")
MORNING, AFTERNOON = ("am", "a.m.", "上午", "ص", "дп"), ("pm", "p.m.", "下午", "م", "пп")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FIRST_YEAR = 2000
# No time zone leads from these beyond the years that Python knows.
YEARS = range(2, 9999)


def read(text: str, *, day_first: bool) -> datetime | None:
    """The date and time that the text says, without a zone; None where it says none.

    `day_first` tells what 9/10/20 is: 9 October, or 10 September. A date that begins with its year needs no telling.
    """
    tidy = _tidy(text)
    if found := NUMERIC.fullmatch(tidy):
        first, _sign, second, third, time = found.groups()
        return _moment(_date(first, second, third, day_first), time)
    if found := WITH_MONTH.fullmatch(tidy):
        parts = [part for part in found.groups() if part]
        month, day = (parts[0], parts[1]) if parts[0].isalpha() else (parts[1], parts[0])
        return _moment((int(parts[2]), _month(month), int(day)), parts[3])
    return None


def is_ambiguous(text: str) -> bool:
    """Whether it needs telling which of two numbers is the day; not of a year, nor of a month with a name."""
    found = NUMERIC.fullmatch(_tidy(text))
    return bool(found) and len(found[1]) < 4


def is_moment(text: str) -> bool:
    return any(read(text, day_first=day_first) for day_first in (True, False))


def day_order(texts) -> bool | None:
    """Whether the day stands before the month in these dates; None where each date is possible both ways."""
    first = {day_first for text in texts if (day_first := _proof(text)) is not None}
    return first.pop() if len(first) == 1 else None


def _proof(text) -> bool | None:
    readings = {day_first: read(text, day_first=day_first) for day_first in (True, False)}
    if readings[True] and readings[False]:
        return None
    return next((day_first for day_first, moment in readings.items() if moment), None)


def _tidy(text) -> str:
    text = text.strip().casefold()
    if kept := KEPT_AS_TEXT.fullmatch(text):
        text = kept[1]
    if not text.isascii():
        text = "".join(map(_western_digit, unicodedata.normalize("NFKC", text)))
    return SPACES.sub(" ", text).strip()


def _western_digit(character) -> str:
    return str(unicodedata.decimal(character)) if character.isdecimal() else character


def _date(first, second, third, day_first) -> tuple[int, int, int]:
    if len(first) == 4:
        return int(first), int(second), int(third)
    day, month = (first, second) if day_first else (second, first)
    year = int(third)
    return year if len(third) == 4 else FIRST_YEAR + year, int(month), int(day)


def _month(name) -> int:
    """From 1; 0 for what is no month."""
    return MONTHS.index(name[:3]) + 1 if name[:3] in MONTHS else 0


def _moment(date, time) -> datetime | None:
    half, time = _half_of_day(time)
    found = TIME.fullmatch(time)
    if not found or date[0] not in YEARS:
        return None
    hour, minute, second = (int(part or 0) for part in found.groups())
    if half:
        # 12 AM is midnight, and 12 PM is noon.
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return datetime(*date, hour, minute, second)
    except ValueError:
        return None


def _half_of_day(time) -> tuple[str, str]:
    """ "am", "pm" or "", and the time without it: it may stand on either side."""
    if time[0].isdecimal() and time[-1].isdecimal():
        return "", time
    for half, words in (("am", MORNING), ("pm", AFTERNOON)):
        for word in words:
            if time.endswith(word):
                return half, time.removesuffix(word).strip()
            if time.startswith(word):
                return half, time.removeprefix(word).strip()
    return "", time
