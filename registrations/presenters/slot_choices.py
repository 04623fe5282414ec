"""Time slots to choose among, as radio buttons: free ones, full ones whose waiting list is open, and full ones."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations import offers
from sessions.clocks import nearest_slot
from sessions.presenters import SlotTime


@dataclass(frozen=True)
class SlotChoice:
    """`waiting` is how many wait already, where choosing the slot means to join them; None where nobody can."""

    time: SlotTime
    is_chosen: bool
    is_full: bool = False
    waiting: int | None = None
    has_free_other: bool = False

    @property
    def value(self) -> int | str:
        slot = self.time.occurrence
        return slot.pk if self.waiting is None else offers.to_wait_for(slot)

    @property
    def is_disabled(self) -> bool:
        return self.is_full and self.waiting is None

    @property
    def state(self) -> str:
        """What makes it other than a free slot."""
        if self.waiting is None:
            return _("All places taken") if self.is_full else ""
        taken = _("All places taken.")
        if self.has_free_other:
            taken = _("All places taken; the other time slot has free places.")
        return f"{taken} {put_me_on_the_list(self.waiting)}"


def put_me_on_the_list(waiting) -> str:
    if not waiting:
        return _("Put me on the waiting list (nobody waits yet)")
    text = ngettext(
        "Put me on the waiting list (%(number)d person waits)",
        "Put me on the waiting list (%(number)d people wait)",
        waiting,
    )
    return text % {"number": waiting}


def slot_options(free, zone, waiting=()) -> list[SlotChoice]:
    """The slot nearest to the office hours of `zone` is chosen beforehand, a list only where there is nothing free.

    `waiting` are full slots whose lists can be joined.
    """
    chosen = nearest_slot(free or waiting, zone)
    options = [SlotChoice(SlotTime(slot, zone), is_chosen=slot == chosen) for slot in free]
    return options + [
        SlotChoice(SlotTime(slot, zone), slot == chosen, is_full=True, waiting=slot.waiting, has_free_other=bool(free))
        for slot in waiting
    ]
