"""Shapes of the values in a file that people wrote: each mismatch is noted with its place, none stops the reading."""

import difflib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, slug_re

from sessions import partners
from sessions.clocks.wall_clock import YEARS
from sessions.clocks.zones import zone_names

LARGEST_NUMBER = 2**31 - 1

TYPE_NAMES = {dict: "a table", list: "a list", str: "text", bool: "true or false", int: "a whole number"}


@dataclass(frozen=True)
class Problem:
    """`place` is the way to the value: ("session", 3, "slots", 1, "start")."""

    place: tuple
    text: str


@dataclass(frozen=True)
class Value:
    """One value; `clean` returns it ready for use or raises ValueError with what is wrong."""

    clean: Callable

    def read(self, value, place, problems):
        """The clean value; None if it was noted as a problem."""
        try:
            return self.clean(value)
        except ValueError as error:
            problems.append(Problem(place, str(error)))
            return None


@dataclass(frozen=True)
class Listing:
    item: Value

    def read(self, value, place, problems):
        """As long as the list that was read: None where an item was noted as a problem."""
        if not isinstance(value, list):
            problems.append(Problem(place, expected(list, value)))
            return None
        return [self.item.read(item, (*place, index), problems) for index, item in enumerate(value)]


@dataclass(frozen=True)
class Table:
    required: dict
    optional: dict = field(default_factory=dict)

    @property
    def keys(self) -> dict:
        return self.required | self.optional

    def read(self, value, place, problems):
        """Only the keys that are present and good."""
        if not isinstance(value, dict):
            problems.append(Problem(place, expected(dict, value)))
            return None
        problems += [Problem((*place, key), self._unknown(key)) for key in value if key not in self.keys]
        problems += [Problem((*place, key), "this key is missing") for key in self.required if key not in value]
        present = {key: shape for key, shape in self.keys.items() if key in value}
        clean = {key: shape.read(value[key], (*place, key), problems) for key, shape in present.items()}
        return {key: item for key, item in clean.items() if item is not None}

    def _unknown(self, key):
        alike = difflib.get_close_matches(key, self.keys, n=1)
        return "unknown key" + (f"; did you mean {alike[0]}?" if alike else "")


def expected(kind, value) -> str:
    if kind is list and isinstance(value, dict):
        return "its header needs two pairs of brackets: [[...]]"
    found = TYPE_NAMES.get(type(value), f"{value!s}")
    return f"must be {TYPE_NAMES[kind]}, not {found}"


def text(max_length=None, *, blank=True) -> Value:
    def clean(value):
        _require(str, value)
        if "\x00" in value:
            raise ValueError("contains a NUL character")
        if not blank and not value.strip():
            raise ValueError("must not be empty")
        if max_length and len(value) > max_length:
            raise ValueError(f"has {len(value)} characters, at most {max_length} fit")
        return value.strip()

    return Value(clean)


def slug(max_length) -> Value:
    def clean(value):
        _require(str, value)
        if not slug_re.match(value):
            raise ValueError(f"{value!r} may hold only letters a-z, digits, hyphens and underscores")
        return text(max_length).clean(value)

    return Value(clean)


def number(minimum=0, maximum=LARGEST_NUMBER) -> Value:
    def clean(value):
        _require(int, value)
        if not minimum <= value <= maximum:
            raise ValueError(f"{value} is not between {minimum} and {maximum}")
        return value

    return Value(clean)


def choice(*words) -> Value:
    def clean(value):
        _require(str, value)
        if value not in words:
            raise ValueError(f"{value!r} is not one of {', '.join(words)}")
        return value

    return Value(clean)


def _boolean(value):
    _require(bool, value)
    return value


def _day(value):
    if type(value) is not date:
        raise ValueError("must be a date without quotes: 2020-09-17")
    _require_known_year(value, value)
    return value


def _web_address(value):
    _require(str, value)
    try:
        URLValidator(schemes=["http", "https"])(value)
    except ValidationError:
        raise ValueError(f"{value!r} is not a web address") from None
    return value


def _partner(value):
    line = text(blank=False).clean(value)
    try:
        partners.validate_lines(line)
    except ValidationError as error:
        raise ValueError(" ".join(error.messages)) from None
    return line


def _zone(value):
    _require(str, value)
    if value not in zone_names():
        raise ValueError(f"{value!r} is not a time zone of the IANA database, such as Europe/Zurich")
    return value


def _wall_time(value):
    """A datetime without offset, from text or from a date-time of TOML itself."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) and "T" in value else value
    except ValueError:
        moment = None
    if not isinstance(moment, datetime):
        raise ValueError(f"{value!s} is not a time such as 2020-09-17T09:00")
    if moment.tzinfo:
        raise ValueError(f"{value!s} must be local time without an offset; the zone is given by timezone")
    _require_known_year(moment, value)
    return moment


def _require_known_year(day, typed):
    if day.year not in YEARS:
        raise ValueError(f"{typed!s}: the year is not between {YEARS[0]} and {YEARS[-1]}")


def _require(kind, value):
    # type(), because true is an int to isinstance().
    if type(value) is not kind:
        raise ValueError(expected(kind, value))


boolean = Value(_boolean)
day = Value(_day)
web_address = Value(_web_address)
partner = Value(_partner)
zone = Value(_zone)
wall_time = Value(_wall_time)
