"""Which parts a time slot would have, with their numbers and the meeting addresses of their own."""

from dataclasses import replace
from itertools import count

from sessions.models import Part
from sessions.models.parts import MOST_PARTS, alone, in_order


class NoPartLeft(Exception):
    """Every part would be called off: that is to call the slot off."""


class TooManyParts(Exception):
    """The slot would have more than MOST_PARTS, those that were called off among them."""


def arrangement(slot, parts) -> tuple[Part, ...]:
    """The parts that the slot would have, each with its number; none for a slot that has only ever had one.

    Raises NoPartLeft or TooManyParts.
    """
    numbered = [replace(part, number=each) for part, each in zip(parts, numbers(slot, parts), strict=True)]
    named = {part.number for part in numbered}
    left_out = [replace(part, is_called_off=True) for part in alone(slot) if part.number not in named]
    every = [*numbered, *left_out]
    held = [part for part in every if not part.is_called_off]
    if not held:
        raise NoPartLeft
    if len(every) > MOST_PARTS:
        raise TooManyParts
    kept = every if slot.parts or slot.registrations.exists() else held
    return in_order(kept) if len(kept) > 1 or kept[0].number != 1 else ()


def numbers(slot, parts) -> list[int]:
    """Of parts that are to be: those that the slot has keep theirs, each new one gets the next."""
    present = {part.number for part in alone(slot)}
    new = count(max(present) + 1)
    return [part.number if part.number in present else next(new) for part in parts]


def keep_urls(slot, parts, typed):
    """Store the meeting addresses that were `typed`, by number, of a locked slot that gets these `parts`.

    The other parts keep theirs. Nobody is told: mails and calendar entries lead to the page from which people come in.
    """
    own = {int(number): url for number, url in slot.part_urls.items()} | typed
    if not parts and own.get(1):
        # The only part is the slot itself.
        slot.meeting_url = own[1]
    stay = {part.number for part in parts}
    slot.part_urls = {str(number): url for number, url in sorted(own.items()) if url and number in stay}
    slot.save(update_fields=["meeting_url", "part_urls"])
