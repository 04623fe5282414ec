"""A time slot on several clocks; of one that is held in parts, each of them."""

from dataclasses import replace
from textwrap import indent

from django.utils.translation import gettext as _

from sessions.clocks.wall_clock import PartClocks, ThreeClocks, kept_clocks

# As the lines of ThreeClocks.
INDENTED = "  "


def clocks_of(slot, *, reader_zone: str, season) -> ThreeClocks:
    """In the active language. `slot` may be what somebody knew of one: it has `starts_at`, `ends_at` and `parts`."""
    kept = {"reader_zone": reader_zone, "season": season}
    if not slot.parts:
        clocks = kept_clocks(slot.starts_at, slot.ends_at, **kept)
        return _of_part(clocks, slot) if getattr(slot, "part", None) else clocks
    parts = tuple(
        PartClocks(name_of(number, len(slot.parts)), kept_clocks(*part.times, **kept), part.is_called_off)
        for number, part in enumerate(slot.parts, 1)
    )
    first = next((part for part in parts if not part.is_called_off), parts[0]).clocks
    return replace(first, parts=parts, in_lines="".join(_in_lines(part) for part in parts))


def name_of(position, total) -> str:
    return _("Part %(number)s of %(total)s") % {"number": position, "total": total}


def title_of_part(title, part) -> str:
    """Mercury in ASGM (part 1 of 2)."""
    words = {"title": title, "number": part.position, "total": part.total}
    return _("%(title)s (part %(number)s of %(total)s)") % words


def _of_part(clocks, slot) -> ThreeClocks:
    part = PartClocks(name_of(slot.part.position, slot.part.total), clocks, slot.is_called_off)
    return replace(clocks, heading=part.heading, in_lines=_in_lines(part))


def _in_lines(part) -> str:
    return indent(f"{part.heading}\n", INDENTED) + part.clocks.in_lines
