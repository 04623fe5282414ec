"""What loading a season file may do to what is there already, what it did, and what it left alone and why."""

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum

from sessions.models import Season

CREATED, UPDATED, UNCHANGED, KEPT, REMOVED = OUTCOMES = ("created", "updated", "unchanged", "kept", "removed")


class Act(Enum):
    """What may be done, with the option of the command that allows it."""

    ADD = "--add"
    OVERWRITE = "--overwrite"
    REMOVE = "--remove"


@dataclass
class Report:
    """`outcomes` counts by (model, outcome); `done` has sentences on what changed, `remarks` on what was left alone."""

    allowed: frozenset[Act]
    season: Season | None = None
    outcomes: Counter = field(default_factory=Counter)
    done: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def is_news(self) -> bool:
        return bool(self.done)

    def count(self, model, outcome):
        self.outcomes[model, outcome] += 1

    def may(self, act, words, *, against="") -> bool:
        """Whether to do what `words` say; `against` is a reason that no option outweighs. Either way it is noted."""
        if against or act not in self.allowed:
            self.remarks.append(f"{words}: not done, {against}" if against else f"{words}: only with {act.value}")
            return False
        self.done.append(words)
        return True


def change(name, before, after) -> str:
    """One field in words, long texts cut."""
    return f"{name} {_in_short(before)} becomes {_in_short(after)}"


def _in_short(value) -> str:
    text = "empty" if value in (None, "", []) else str(value).replace("\n", " ")
    return text if len(text) <= 60 else f"{text[:57]}..."
