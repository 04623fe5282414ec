"""What a form showed of time slots when it was made: it comes back with the form and tells choices from proposals."""

import re
from dataclasses import dataclass, field, replace
from zlib import crc32

from sessions.models.parts import as_text

PROPOSED, KEPT = "p", "k"
SLOT = re.compile(rf"(\d{{1,18}})@(\d{{1,12}})([{PROPOSED}{KEPT}]?)", re.ASCII)


@dataclass(frozen=True)
class ShownSlots:
    """The zone whose clock the form showed, and the start of each slot, as a timestamp by its id.

    `proposed` were chosen beforehand for that zone, `kept` because the person had chosen them before. In the form it is
    one hidden text, which nobody else relies on: `Africa/Nairobi 12@1600326000p 15@1600354800`.
    """

    zone: str = ""
    starts: dict[int, int] = field(default_factory=dict)
    proposed: frozenset[int] = frozenset()
    kept: frozenset[int] = frozenset()

    @classmethod
    def read(cls, text):
        """Of what came back; parts that are none of ours do not count."""
        zone, *slots = (text or "").split(" ")
        found = [match.groups() for match in map(SLOT.fullmatch, slots) if match]
        return cls(
            zone=zone if found else "",
            starts={int(pk): int(start) for pk, start, _mark in found},
            proposed=frozenset(int(pk) for pk, _start, mark in found if mark == PROPOSED),
            kept=frozenset(int(pk) for pk, _start, mark in found if mark == KEPT),
        )

    @classmethod
    def of(cls, slots, zone):
        """Of a page where the person presses a button beside each of these, so that none is proposed in a form."""
        return cls(zone, {slot.pk: timestamp(slot) for slot in slots})

    def with_kept(self, slots):
        """The same after the person was asked about these: they are not chosen in the form that comes next."""
        return replace(self, kept=self.kept | {slot.pk for slot in slots})

    @property
    def text(self) -> str:
        return " ".join([self.zone, *(f"{pk}@{start}{self._mark(pk)}" for pk, start in self.starts.items())])

    def is_other_than_shown(self, slot) -> bool:
        """Whether the slot was there and not chosen beforehand: the person has chosen it in this form."""
        return slot.pk in self.starts and slot.pk not in self.proposed | self.kept

    def is_proposal(self, slot) -> bool:
        return slot.pk in self.proposed

    def has_moved(self, slot) -> bool:
        return slot.pk in self.starts and self.starts[slot.pk] != timestamp(slot)

    def _mark(self, pk) -> str:
        if pk in self.proposed:
            return PROPOSED
        return KEPT if pk in self.kept else ""


def timestamp(slot) -> int:
    """Of its start; of a slot in parts a number that changes with any of them."""
    return crc32(as_text(slot.parts).encode()) if slot.parts else int(slot.starts_at.timestamp())
