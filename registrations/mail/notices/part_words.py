"""What became of the parts of a time slot, in the language of the reader."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from registrations.mail.notices import seats
from sessions.clocks import slot_clocks
from sessions.models.parts import alone


def changes(previous, slot, registration) -> list[str]:
    """A sentence for each part that is not as it was; of one that has moved, with its time before."""
    before = {part.number: part for part in alone(previous)}
    with override(registration.participant.reads):
        return [
            said
            for position, part in enumerate(slot.parts, 1)
            if (said := _said(before.get(part.number), part, position, slot, registration))
        ]


def _said(before, part, position, slot, registration) -> str:
    name = {"part": slot_clocks.name_of(position, len(slot.parts))}
    was_held = before is not None and not before.is_called_off
    if part.is_called_off:
        return _("%(part)s is called off.") % name if was_held else ""
    if before is None:
        return _("%(part)s is new.") % name
    if before.is_called_off:
        return _("%(part)s takes place after all.") % name
    if before.times == part.times:
        return ""
    time = seats.clocks(slot.at(before), registration).reader.in_words
    return _("%(part)s has moved. Its time before was: %(time)s.") % (name | {"time": time})
