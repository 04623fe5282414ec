"""How lists and forms of the programme say times, states and numbers."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.presenters.staff.recipients import are_mailed as are_mailed
from registrations.presenters.staff.recipients import hear_nothing as hear_nothing
from registrations.presenters.staff.recipients import moment as moment
from registrations.presenters.staff.recipients import were_mailed as were_mailed
from registrations.presenters.staff.recipients import will_be_mailed as will_be_mailed
from registrations.seats import availability
from sessions.clocks import dates, slot_clocks
from sessions.clocks.wall_clock import UTC, on_clock
from sessions.slot_states import SlotState

STATES = {
    SlotState.BY_INVITATION: gettext_lazy("by invitation"),
    SlotState.CALLED_OFF: gettext_lazy("called off"),
    SlotState.OVER: gettext_lazy("over"),
    SlotState.OPENS_LATER: gettext_lazy("opens later"),
    SlotState.CLOSED: gettext_lazy("closed"),
    SlotState.FULL: gettext_lazy("full"),
    SlotState.WAITING_LIST: gettext_lazy("full, waiting list open"),
    SlotState.OPEN: gettext_lazy("open"),
}
ALSO_IN_DRAFTS = {SlotState.CALLED_OFF, SlotState.OVER, SlotState.BY_INVITATION}


def two_clocks(starts_at, ends_at, season):
    """The season's clock and UTC, each with its weekday and date, on two lines."""
    local, universal = on_clock(starts_at, ends_at, season.timezone, season.place), on_clock(starts_at, ends_at, UTC)
    line = '{}, <span class="hours">{}</span> <small>({})</small>'
    return format_html(f"{line}<br>{line}", *_parts(local), *_parts(universal))


def two_clocks_of(slot):
    """As `two_clocks`, for each part of the slot."""
    season = slot.session.season
    if not slot.parts:
        return two_clocks(slot.starts_at, slot.ends_at, season)
    rows = ((name_of_part(each), two_clocks(each.starts_at, each.ends_at, season)) for each in slot.stretches)
    return format_html_join(mark_safe("<br>"), "{}<br>{}", rows)


def name_of_part(stretch) -> str:
    """Part 1 of 2, for a copy that `Occurrence.at` makes."""
    name = slot_clocks.name_of(stretch.part.position, stretch.part.total)
    return _("%(part)s: called off") % {"part": name} if stretch.is_called_off else name


def on_season_clock(slot) -> str:
    """Thursday 22 October 2020, 15:00–16:00 (Geneva, UTC+2); of a slot in parts, each that is held."""
    season = slot.session.season
    return "; ".join(
        on_clock(each.starts_at, each.ends_at, season.timezone, season.place).in_words
        for each in slot.held_stretches or slot.stretches
    )


def two_clocks_in_short(slot):
    """Of a slot in parts, each of them."""
    return format_html_join(mark_safe("<br>"), "{}", ((_two_clocks_in_short(each),) for each in slot.stretches))


def _two_clocks_in_short(slot):
    season = slot.session.season
    local = on_clock(slot.starts_at, slot.ends_at, season.timezone, season.place)
    universal = on_clock(slot.starts_at, slot.ends_at, UTC)
    return format_html(
        '<span class="slot-time">{}, {} {}</span><br><span class="slot-time quiet">{}, {} UTC</span>',
        *(dates.short_day_with_year(local.starts_at), local.hours, local.place),
        *(universal.short_day, universal.hours),
    )


def hours(slot):
    """For pages that say the year and the clock: the season's clock, and UTC below it."""
    season = slot.session.season
    clocks = [on_clock(slot.starts_at, slot.ends_at, *clock) for clock in ((season.timezone, season.place), (UTC,))]
    return format_html(
        '<span class="slot-time">{}, {}</span><br><span class="slot-time quiet">{}, {} UTC</span>',
        *(part for clock in clocks for part in (clock.short_day, clock.hours)),
    )


def slot_state(slot, now) -> str:
    """For a slot with its session and season loaded; nobody can sign up in a season that is a draft."""
    state = availability.state(slot, now)
    if state not in ALSO_IN_DRAFTS and not slot.session.season.is_published:
        return _("season not published")
    return STATES[state]


def session_state(session, slots, now) -> str:
    """The state of the next time slot that is to come; `slots` are in order."""
    if not session.is_published:
        return _("not published")
    if not slots:
        return _("no time slot yet")
    held = [slot for slot in slots if not slot.is_called_off]
    coming = [slot for slot in held if not slot.is_over(now)]
    return slot_state(next(iter([*coming, *held, *slots])), now)


def seats(slots) -> str:
    """Confirmed people and the capacity of slots, without those called off."""
    held = [slot for slot in slots if not slot.is_called_off]
    taken = sum(slot.taken for slot in held)
    if any(slot.capacity is None for slot in held) or not held:
        return _("%(taken)s, no limit") % {"taken": taken}
    return _("%(taken)s of %(capacity)s") % {"taken": taken, "capacity": sum(slot.capacity for slot in held)}


def seats_of(slot) -> str:
    if slot.capacity is None:
        return _("%(taken)s, no limit") % {"taken": slot.taken}
    return _("%(taken)s of %(capacity)s") % {"taken": slot.taken, "capacity": slot.capacity}


def _parts(clock):
    return clock.day, clock.hours, clock.label
