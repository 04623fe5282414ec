"""How full time slots are, in lists and forms: seats taken, who waits, and how many will probably come."""

from django.conf import settings
from django.contrib.admin.views.main import ChangeList
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations.seats import occupancy
from sessions.admin import wording
from sessions.clocks import moment
from sessions.clocks.dates import number
from sessions.seasons import season_clocks


class SlotList(ChangeList):
    def get_results(self, request):
        super().get_results(request)
        self.result_list = with_occupancy(self.result_list)


class SessionList(ChangeList):
    """Of sessions with their `slots`."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        with_occupancy([slot for session in self.result_list for slot in session.slots])


def with_occupancy(slots) -> list:
    """The slots, with their sessions loaded, each with its `occupancy`."""
    slots = list(slots)
    numbers = {}
    for now, seasons in season_clocks.every() if slots else []:
        numbers |= occupancy.of_slots([slot for slot in slots if seasons.has(slot.session.season_id)], now=now)
    for slot in slots:
        slot.occupancy = numbers[slot.pk]
    return slots


def of_slot(slot):
    """For lists."""
    return _in_short(wording.seats_of(slot), _of_coming([slot]))


def of_session(session):
    return _in_short(wording.seats(session.slots), _of_coming(session.slots))


def in_full(slot):
    """For forms."""
    seats, numbers = wording.seats_of(slot), _of_coming([slot])
    if not numbers:
        return seats
    occupied = slot.occupancy
    lines = [_with_percent(seats, occupied.percent), *_waiting(occupied.waiting), _expected_in_full(occupied)]
    text = format_html_join("", "{}<br>", ((line,) for line in lines))
    return text + _warning(_advice()) if occupied.is_near else text


def _of_coming(slots):
    """Without slots that are over or called off, about which nobody is warned."""
    held = [slot for slot in slots if not slot.is_called_off]
    return [slot.occupancy for slot in held if not slot.is_over(moment.of(slot.session.season))]


def _in_short(seats, numbers):
    notes = [*_waiting(sum(occupied.waiting for occupied in numbers)), *_expected(numbers)]
    lines = [format_html("{}", seats), *(format_html('<span class="quiet">{}</span>', note) for note in notes)]
    near = [occupied for occupied in numbers if occupied.is_near]
    if near:
        lines.insert(1, _warning(_fullest(near)))
    return format_html_join("", "{}<br>", ((line,) for line in lines))


def _warning(text):
    return format_html('<strong class="licence-warning">{}</strong>', text)


def _fullest(numbers) -> str:
    percent = max(occupied.percent for occupied in numbers)
    return _("Full") if percent >= 100 else _("Nearly full: %(percent)d %%") % {"percent": percent}


def _with_percent(seats, percent) -> str:
    return seats if percent is None else _("%(seats)s (%(percent)d %%)") % {"seats": seats, "percent": percent}


def _waiting(people) -> list[str]:
    text = ngettext("%(number)s person waits", "%(number)s people wait", people)
    return [text % {"number": number(people)}] if people else []


def _expected(numbers) -> list[str]:
    expected = [occupied.expected for occupied in numbers]
    if not numbers or None in expected or not any(occupied.confirmed for occupied in numbers):
        return []
    return [_("about %(number)s will come") % {"number": number(sum(expected))}]


def _expected_in_full(occupied) -> str:
    if occupied.show_up_rate is None:
        return _("How many of those registered usually come is not known yet in this season.")
    words_of_rate = {"number": number(occupied.expected), "percent": round(occupied.show_up_rate * 100)}
    text = _("About %(number)s people will come: %(percent)d %% of those registered came to the sessions so far.")
    return text % words_of_rate


def _advice() -> str:
    text = _(
        "%(percent)d %% of the places or more are in use. Check how many people the licence of the meeting admits, "
        "and raise the capacity in time: whoever waits then gets a place at once."
    )
    return text % {"percent": settings.LICENCE_WARNING_PERCENT}
