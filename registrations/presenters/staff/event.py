"""One thing that happens by itself in a season."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Event:
    """`people` is how many it concerns as things are now; None where it concerns nobody in particular.

    What happens in the night after a day, or at its very beginning, has no hour. `is_stop`: it does something for
    somebody, or changes what people see. `ends_meeting`: a meeting of a session that is not a draft is over.
    """

    at: datetime
    words: str
    about: str = ""
    people: int | None = None
    has_hour: bool = True
    is_reminder: bool = False
    is_stop: bool = True
    ends_meeting: bool = False
