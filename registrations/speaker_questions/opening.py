"""Until when people may ask the speakers of a session."""

from enum import StrEnum


class Opening(StrEnum):
    OPEN = "open"
    OVER = "over"
    CALLED_OFF = "called-off"
    OFF = "off"


def of(session, slots, now) -> Opening:
    """Of a session with these time slots: until the last one that is held ends, unless staff have switched it off."""
    if not session.takes_questions:
        return Opening.OFF
    held = [slot for slot in slots if not slot.is_called_off]
    if slots and not held:
        return Opening.CALLED_OFF
    return Opening.OPEN if any(not slot.is_over(now) for slot in held) else Opening.OVER
