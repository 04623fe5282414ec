"""The states in which a visitor can find a time slot."""

from datetime import timedelta
from enum import StrEnum

# People come into the meeting from then on.
DOORS_OPEN_BEFORE = timedelta(minutes=15)


class SlotState(StrEnum):
    """What a slot is to a visitor at a moment."""

    BY_INVITATION = "by-invitation"
    CALLED_OFF = "called-off"
    OVER = "over"
    OPENS_LATER = "opens-later"
    CLOSED = "closed"
    FULL = "full"
    WAITING_LIST = "waiting-list"
    OPEN = "open"
