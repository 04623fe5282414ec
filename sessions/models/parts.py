"""The parts of a time slot that is held in several: one seat holds them all, and each has a calendar entry."""

import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.db import models

MOST_PARTS = 10


@dataclass(frozen=True)
class Part:
    """A stretch of time of a slot; moments are aware. `number` never changes: it is in the UID of its entry.

    `typed_start` and `typed_end` are on the clock of the slot's `typed_zone`, as in Occurrence.
    """

    number: int
    starts_at: datetime
    ends_at: datetime
    typed_start: str = ""
    typed_end: str = ""
    is_called_off: bool = False

    @property
    def times(self) -> tuple[datetime, datetime]:
        return self.starts_at, self.ends_at

    def __str__(self):
        """As it was typed: 1: 2030-10-08 09:00 to 2030-10-08 11:00, called off."""
        typed = " to ".join(each.replace("T", " ") for each in (self.typed_start, self.typed_end))
        return f"{self.number}: {typed}, called off" if self.is_called_off else f"{self.number}: {typed}"

    def overlaps(self, starts_at, ends_at) -> bool:
        return self.starts_at < ends_at and starts_at < self.ends_at


@dataclass(frozen=True)
class PlaceOfPart:
    """Which of the parts of its slot something is about: `position` counts from 1 in order of time."""

    number: int
    position: int
    total: int


class PartsField(models.TextField):
    """A tuple of Part, in order of time; the text of them in the database, which is empty where there are none."""

    def __init__(self, **options):
        super().__init__(**{"blank": True, "default": (), "db_default": "", "editable": False} | options)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {key: value for key, value in kwargs.items() if key != "default"}

    def from_db_value(self, value, expression, connection):
        return self.to_python(value)

    def to_python(self, value):
        return tuple(_part(said) for said in json.loads(value)) if value and isinstance(value, str) else value or ()

    def get_prep_value(self, value):
        return value if isinstance(value, str) else as_text(value or ())

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj))


def as_text(parts) -> str:
    """One text for the same parts: rows are found by it."""
    return json.dumps([_said(part) for part in parts], separators=(",", ":")) if parts else ""


def in_order(parts) -> tuple[Part, ...]:
    return tuple(sorted(parts, key=lambda part: (part.starts_at, part.number)))


def uid_of(uid: str, part: PlaceOfPart | None) -> str:
    """The calendar UID of a part; the first one has that of its slot or registration, as if there were no others."""
    if part is None or part.number == 1:
        return uid
    local, _at, domain = uid.partition("@")
    return f"{local}-{part.number}@{domain}"


def number_in(uid: str) -> tuple[str, int]:
    """The UID of the slot or registration behind that of a part, and the number of the part."""
    found = re.fullmatch(r"(.+)-(\d{1,2})@(.+)", uid)
    return (f"{found[1]}@{found[3]}", int(found[2])) if found else (uid, 1)


def times_of(parts) -> tuple[datetime, datetime]:
    """From the first start to the last end of those that are held."""
    held = [part for part in parts if not part.is_called_off]
    return min(part.starts_at for part in held), max(part.ends_at for part in held)


def alone(slot) -> tuple[Part, ...]:
    """A slot without parts, or what somebody knew of it, as its only one."""
    return slot.parts or (Part(1, slot.starts_at, slot.ends_at),)


def with_times(part: Part, starts_at, ends_at, typed) -> Part:
    """`typed` is what `wall_clock.as_typed` gives."""
    start, end = typed["typed_start"], typed["typed_end"]
    return replace(part, starts_at=starts_at, ends_at=ends_at, typed_start=start, typed_end=end)


def _said(part) -> dict:
    return {
        "number": part.number,
        "starts_at": part.starts_at.astimezone(UTC).isoformat(),
        "ends_at": part.ends_at.astimezone(UTC).isoformat(),
        "typed_start": part.typed_start,
        "typed_end": part.typed_end,
        "is_called_off": part.is_called_off,
    }


def _part(said) -> Part:
    moments = {name: datetime.fromisoformat(said[name]) for name in ("starts_at", "ends_at")}
    return Part(**said | moments)
