"""What a change of a time slot was, in words for the staff."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.mail.slot_change_mails import known_before
from registrations.models import SlotChange
from sessions.clocks import slot_clocks
from sessions.clocks.wall_clock import UTC, on_clock

CHANGES = {
    SlotChange.Kind.MOVED: gettext_lazy("moved"),
    SlotChange.Kind.CALLED_OFF: gettext_lazy("called off"),
    SlotChange.Kind.REVIVED: gettext_lazy("held after all"),
}


def before_and_after(change) -> dict:
    """What the slot was before the change and after it, each on the season's clock and on UTC."""
    season, kind = change.occurrence.session.season, change.kind
    return {
        "before": _state(known_before(change), season, kind == SlotChange.Kind.REVIVED),
        "after": _state(change, season, kind == SlotChange.Kind.CALLED_OFF),
    }


def undone_in_words(undone) -> str:
    """`undone` is the change that takes another one back."""
    time = _on_season_clock(undone.starts_at, undone.ends_at, undone.occurrence.session.season)
    texts = {
        SlotChange.Kind.MOVED: _("Taken back: the time slot is at its old time again, %(time)s."),
        SlotChange.Kind.CALLED_OFF: _("Taken back: %(time)s stays called off."),
        SlotChange.Kind.REVIVED: _("Taken back: %(time)s is held as planned."),
    }
    return texts[undone.kind] % {"time": time}


def slot_in_the_way(slot) -> str:
    text = _(
        "It cannot be taken back, because the session has another time slot then: %(time)s. "
        "Move that one first, or call it off."
    )
    return text % {"time": _on_season_clock(slot.starts_at, slot.ends_at, slot.session.season)}


def _state(slot, season, is_called_off):
    if slot.parts:
        times = [line for number, part in enumerate(slot.parts, 1) for line in _part(part, number, slot, season)]
    else:
        times = [_on_season_clock(slot.starts_at, slot.ends_at, season)]
        times += [on_clock(slot.starts_at, slot.ends_at, UTC).in_words]
    return [*times, _("called off")] if is_called_off else times


def _part(part, number, slot, season) -> list[str]:
    name = slot_clocks.name_of(number, len(slot.parts))
    times = [_on_season_clock(*part.times, season), on_clock(*part.times, UTC).in_words]
    return [_("%(part)s: called off") % {"part": name} if part.is_called_off else name, *times]


def _on_season_clock(starts_at, ends_at, season) -> str:
    return on_clock(starts_at, ends_at, season.timezone, season.place).in_words
