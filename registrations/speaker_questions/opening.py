"""Until when people may ask the speakers of a session."""

from enum import StrEnum


class Opening(StrEnum):
    OPEN = "open"
    OVER = "over"
    CALLED_OFF = "called-off"


def of(slots, now) -> Opening:
    """Of a session with these time slots: until the last one that is held ends."""
    held = [slot for slot in slots if not slot.is_called_off]
    if slots and not held:
        return Opening.CALLED_OFF
    return Opening.OPEN if any(not slot.is_over(now) for slot in held) else Opening.OVER
