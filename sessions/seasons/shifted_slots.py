"""Time slots whose typed hour is another instant now, because the rules of their zone were changed."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from sessions.clocks import moment, wall_clock
from sessions.models import Occurrence
from sessions.models.parts import with_times
from sessions.seasons import season_clocks


@dataclass(frozen=True)
class ShiftedSlot:
    """The slot stays at its instant until staff decide; `typed_at` is when its clock shows the typed hour now.

    None where that clock skips the hour.
    """

    slot: Occurrence
    typed_at: datetime | None


def shifted(now) -> list[ShiftedSlot]:
    """Of slots that are still to come at a true moment, in order; of one in parts those of its parts."""
    clocks = season_clocks.every(now)
    to_come = season_clocks.where("session__season", lambda now: Q(ends_at__gt=now, called_off_at=None), clocks)
    slots = Occurrence.objects.filter(to_come).exclude(typed_zone="").select_related("session__season").in_order()
    held = [each for slot in slots for each in _held(slot, now)]
    found = [(slot, _instant(slot.typed_start, slot), _instant(slot.typed_end, slot)) for slot in held]
    return [ShiftedSlot(slot, start) for slot, start, end in found if (start, end) != (slot.starts_at, slot.ends_at)]


def _held(slot, now) -> list[Occurrence]:
    if not slot.parts:
        return [slot]
    now = moment.of(slot.session.season, now)
    return [stretch for stretch in slot.held_stretches if not stretch.is_over(now)]


def keep(slots):
    """Staff decided that these slots stay at their instants: what their clocks show now is what was typed."""
    of_parts = {slot.pk for slot in slots if slot.part}
    whole = [slot for slot in slots if not slot.part]
    for slot in [*whole, *Occurrence.objects.filter(pk__in=of_parts).select_related("session__season")]:
        zone = slot.session.season.timezone
        times = {"starts_at": slot.starts_at, "ends_at": slot.ends_at, "parts": slot.parts}
        kept = tuple(with_times(part, *part.times, wall_clock.as_typed(*part.times, zone)) for part in slot.parts)
        typed = wall_clock.as_typed(slot.starts_at, slot.ends_at, zone)
        Occurrence.objects.filter(pk=slot.pk, **times).update(**typed, parts=kept)


def _instant(typed, slot) -> datetime | None:
    return wall_clock.wall_time(datetime.fromisoformat(typed), slot.typed_zone)
