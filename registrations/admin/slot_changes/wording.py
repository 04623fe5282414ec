"""What a change of a time slot was, in words for the staff."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.models import SlotChange
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
        "before": _state(change.starts_at_before, change.ends_at_before, season, kind == SlotChange.Kind.REVIVED),
        "after": _state(change.starts_at, change.ends_at, season, kind == SlotChange.Kind.CALLED_OFF),
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


def _state(starts_at, ends_at, season, is_called_off):
    times = [_on_season_clock(starts_at, ends_at, season), on_clock(starts_at, ends_at, UTC).in_words]
    return [*times, _("called off")] if is_called_off else times


def _on_season_clock(starts_at, ends_at, season) -> str:
    return on_clock(starts_at, ends_at, season.timezone, season.place).in_words
