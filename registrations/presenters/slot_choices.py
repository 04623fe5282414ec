"""Time slots to choose among, as radio buttons (free ones, full ones with or without a list), and what these send."""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from sessions.clocks import dates
from sessions.clocks.wall_clock import nearest_slot
from sessions.models import Occurrence
from sessions.presenters.slots import SlotTime

TO_WAIT = "wait-"


class Chosen(NamedTuple):
    """A slot that somebody chose; whether they agreed to wait for it if it is full."""

    slot: Occurrence | None
    waits: bool


def chosen_among(slots, sent) -> Chosen:
    """The slot whose button sent this; None if it is none of these."""
    number = number_in(sent)
    return Chosen(next((slot for slot in slots if str(slot.pk) == number), None), (sent or "").startswith(TO_WAIT))


def number_in(sent) -> str:
    """The number of the slot in what its button sends."""
    return (sent or "").removeprefix(TO_WAIT)


@dataclass(frozen=True)
class SlotChoice:
    """`is_list` says that choosing the slot means to wait for a place in it.

    `is_proposed` says that it is chosen beforehand for its hour, and not since the person wanted it.
    """

    time: SlotTime
    is_chosen: bool
    is_proposed: bool = False
    is_full: bool = False
    is_list: bool = False
    has_free_other: bool = False
    is_invited: bool = False

    @property
    def value(self) -> int | str:
        pk = self.time.occurrence.pk
        return f"{TO_WAIT}{pk}" if self.is_list else pk

    @property
    def when(self) -> str:
        """Thu 17 Sep, 16:00–17:00; whether that is at night stands behind it. Of a slot in parts, of each of them."""
        held = [part for part in self.time.parts if not part.is_off]
        return dates.listed([_when(time.reader) for time in held or [self.time]])

    @property
    def is_disabled(self) -> bool:
        return self.is_full and not self.is_list

    @property
    def state(self) -> str:
        """What makes it other than a free slot.

        Without the number of people who wait: anybody who saw it unchanged would know that somebody waits already.
        """
        if not self.is_list:
            return _("All places taken") if self.is_full else ""
        if self.is_invited:
            return _("All places taken: you join the waiting list")
        if self.has_free_other:
            return _("All places taken; the other time slot has free places. Put me on the waiting list")
        return _("All places taken. Put me on the waiting list")


def _when(clock) -> str:
    words = dates.with_time(clock.short_day, clock.hours)
    return _("%(time)s (night)") % {"time": words} if clock.is_at_night else words


def slot_options(free, zone, waiting=(), before=None, sent=None, now=None) -> list[SlotChoice]:
    """Chosen beforehand is the slot `sent`, else `before`, which the person had, or the nearest to daytime in `zone`.

    `waiting` are full slots whose lists can be joined; one of them is chosen only where nothing is free.
    """
    preset = before if before in free else nearest_slot(free or waiting, zone)
    chosen = sent if sent in [*free, *waiting] else preset
    options = [SlotChoice(SlotTime(slot, zone, now), is_chosen=slot == chosen) for slot in free]
    return options + [
        SlotChoice(SlotTime(slot, zone, now), slot == chosen, is_full=True, is_list=True, has_free_other=bool(free))
        for slot in waiting
    ]
