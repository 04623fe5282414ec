"""Which parts of its time slot a registration has in a calendar by our mails, and which it should have.

A mail carries one entry (RFC 5546 3.2.2). What differs after it has left is sent in further mails, until nothing does.
"""

from dataclasses import dataclass, replace

from registrations.calendar import itip
from registrations.models import Registration
from sessions.models.parts import alone, in_order


@dataclass(frozen=True)
class PartEntry:
    """What a mail does to the entry of one part: `about` is the registration, or a copy that is about the part."""

    number: int
    method: str
    about: Registration

    @property
    def is_cancelled(self) -> bool:
        return self.method == itip.CANCEL


def is_about_parts(registration) -> bool:
    """Of all others one mail says all."""
    return bool(registration.occurrence.parts or registration.told_parts)


def differing(registration, now) -> list[int]:
    """The numbers of the parts whose entries are not as they should be, in order of time; none that is over."""
    should, are = _wanted(registration), _told(registration)
    either = in_order({**are, **should}.values())
    return [part.number for part in either if part.ends_at > now and should.get(part.number) != are.get(part.number)]


def first_entry(registration, now) -> PartEntry:
    """The one that a mail about the registration carries itself."""
    parts = in_order((_wanted(registration) or _told(registration) or _all(registration)).values())
    to_come = [part.number for part in parts if part.ends_at > now]
    numbers = differing(registration, now) or to_come or [parts[0].number]
    return entry(registration, numbers[0])


def entry(registration, number) -> PartEntry:
    part = _wanted(registration).get(number)
    method = itip.REQUEST if part else itip.CANCEL
    part = part or _all(registration).get(number) or _told(registration)[number]
    return PartEntry(number, method, itip.at(registration, _stretch(registration.occurrence, part)))


def after(registration, number) -> tuple:
    """What is in the calendar when the mail with the entry of this part has left."""
    told, wanted = _told(registration), _wanted(registration)
    if number in wanted:
        told[number] = wanted[number]
    else:
        told.pop(number, None)
    return in_order(told.values())


def as_held(slot) -> tuple:
    """The parts of a slot that are in the calendar of somebody who knows it so."""
    return tuple(_bare(part) for part in alone(slot) if not part.is_called_off)


def _wanted(registration) -> dict:
    slot = registration.occurrence
    if not (registration.is_confirmed and registration.entry_was_mailed) or slot.is_called_off:
        return {}
    return {part.number: part for part in as_held(slot)}


def _told(registration) -> dict:
    # Who has had no mail has nothing in the calendar, whatever was noted for all people of the slot.
    told = () if registration.lacks_first_mail else registration.told_parts
    return {part.number: part for part in told}


def _all(registration) -> dict:
    return {part.number: part for part in alone(registration.occurrence)}


def _bare(part):
    """Without what is in no entry."""
    return replace(part, typed_start="", typed_end="", is_called_off=False)


def _stretch(slot, part):
    """The slot as this part, which it may have had only before."""
    return slot if not slot.parts and part.number == 1 else slot.at(part)
