"""The line under time slots to choose among: what to do where the one chosen is at night for the reader."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from registrations.presenters.entries import Entry
from registrations.presenters.slot_choices import SlotChoice

# The button that brings the form back with its choice made; a script makes the choice without asking us.
TAKE, RECORDING, NO_RECORDING = "take", "recording", "no-recording"


def with_recording(typed, taken) -> dict:
    """`typed` in a form, with what the button that was pressed says about the recording."""
    if taken == RECORDING:
        return typed | {"wants_announcements": "on"}
    if taken == NO_RECORDING:
        return {name: value for name, value in typed.items() if name != "wants_announcements"}
    return typed


@dataclass(frozen=True)
class WayOut:
    """`other` is a slot by day: free, or full with a waiting list; None where there is none."""

    chosen: SlotChoice
    other: SlotChoice | None

    @property
    def words(self) -> str:
        if self.other is None:
            return _("Only at night for you.")
        hours = {"hours": self.chosen.time.clocks.night.hours, "other": self.other.time.reader.hour_in_sentence}
        if self.other.is_list:
            return _("%(hours)s is at night for you. The other time slot, at %(other)s for you, is full.") % hours
        return _("%(hours)s is at night for you. The other time slot is at %(other)s for you.") % hours

    @property
    def button(self) -> str:
        hour = {"hour": self.other.time.reader.hour_in_sentence}
        return (_("Wait for a place at %(hour)s") if self.other.is_list else _("Take %(hour)s instead")) % hour

    @property
    def offers_recording(self) -> bool:
        """Whether the person may have to sleep through the session."""
        return self.other is None or self.other.is_list


@dataclass(frozen=True)
class WayOutOfChange(WayOut):
    """Beside the slots to which the registration of `entry` can move."""

    entry: Entry

    @property
    def words(self) -> str:
        if self.keeps_day:
            hours = {"hours": self.chosen.time.clocks.night.hours}
            return _("%(hours)s is at night for you. The time slot that you have is not.") % hours
        if self.other is None and not self.entry.is_waiting and (full := self.entry.full_daytime):
            words = _(
                "The other time slot, at %(other)s for you, is full. To wait for a place in it, cancel this "
                "registration, then come back."
            )
            return words % {"other": full.reader.hour_in_sentence}
        return super().words

    @property
    def keeps_day(self) -> bool:
        return self.other is None and self.entry.takes_place and not self.entry.is_at_night

    @property
    def offers_recording(self) -> bool:
        return super().offers_recording and not self.keeps_day


def way_out(slots) -> WayOut | None:
    """Of these choices, if the one chosen beforehand is at night."""
    if (chosen := _chosen_at_night(slots)) is None:
        return None
    return WayOut(chosen, _by_day(slots))


def way_out_of_change(slots, entry) -> WayOutOfChange | None:
    if (chosen := _chosen_at_night(slots)) is None:
        return None
    return WayOutOfChange(chosen, _by_day(slots), entry)


def _chosen_at_night(slots) -> SlotChoice | None:
    return next((slot for slot in slots if slot.is_chosen and slot.time.clocks.is_at_night), None)


def _by_day(slots) -> SlotChoice | None:
    by_day = [slot for slot in slots if not (slot.is_disabled or slot.time.clocks.is_at_night)]
    return min(by_day, key=lambda slot: slot.is_list, default=None)
