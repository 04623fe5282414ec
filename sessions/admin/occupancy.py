"""The licence guard in lists and forms: seats taken, who waits, and how many will probably come."""

from django.conf import settings
from django.contrib.admin.views.main import ChangeList
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations.presenters.staff.recipients import number
from registrations.seats import occupancy
from sessions.admin import wording
from sessions.clocks import moment


class SlotList(ChangeList):
    def get_results(self, request):
        super().get_results(request)
        self.result_list = guarded(self.result_list)


class SessionList(ChangeList):
    """Of sessions with their `slots`."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        guarded([slot for session in self.result_list for slot in session.slots])


def guarded(slots) -> list:
    """The slots, with their sessions loaded, each with its `guard`."""
    slots = list(slots)
    guards = occupancy.guards(slots, now=moment.now())
    for slot in slots:
        slot.guard = guards[slot.pk]
    return slots


def of_slot(slot):
    """For lists."""
    return _in_short(wording.seats_of(slot), _guarded_now([slot]))


def of_session(session):
    return _in_short(wording.seats(session.slots), _guarded_now(session.slots))


def in_full(slot):
    """For forms."""
    seats, guards = wording.seats_of(slot), _guarded_now([slot])
    if not guards:
        return seats
    guard = slot.guard
    lines = [seats + _percent(guard), *_waiting(guard.waiting), _expected_in_full(guard)]
    text = format_html_join("", "{}<br>", ((line,) for line in lines))
    return text + _warning(_advice()) if guard.is_near else text


def _guarded_now(slots):
    """Of slots that are over, or called off, nothing needs to be guarded any more."""
    now = moment.now()
    return [slot.guard for slot in slots if not slot.is_over(now) and not slot.is_called_off]


def _in_short(seats, guards):
    notes = [*_waiting(sum(guard.waiting for guard in guards)), *_expected(guards)]
    lines = [format_html("{}", seats), *(format_html('<span class="quiet">{}</span>', note) for note in notes)]
    near = [guard for guard in guards if guard.is_near]
    if near:
        lines.insert(1, _warning(_fullest(near)))
    return format_html_join("", "{}<br>", ((line,) for line in lines))


def _warning(text):
    return format_html('<strong class="licence-warning">{}</strong>', text)


def _fullest(guards) -> str:
    percent = max(guard.percent for guard in guards)
    return _("Full") if percent >= 100 else _("Nearly full: %(percent)d %%") % {"percent": percent}


def _percent(guard) -> str:
    return "" if guard.percent is None else f" ({guard.percent} %)"


def _waiting(people) -> list[str]:
    text = ngettext("%(number)s person waits", "%(number)s people wait", people)
    return [text % {"number": number(people)}] if people else []


def _expected(guards) -> list[str]:
    expected = [guard.expected for guard in guards]
    if not guards or None in expected or not any(guard.confirmed for guard in guards):
        return []
    return [_("about %(number)s will come") % {"number": number(sum(expected))}]


def _expected_in_full(guard) -> str:
    if guard.show_up_rate is None:
        return _("How many of those registered usually come is not known yet in this season.")
    words_of_rate = {"number": number(guard.expected), "percent": round(guard.show_up_rate * 100)}
    text = _("About %(number)s people will come: %(percent)d %% of those registered came to the sessions so far.")
    return text % words_of_rate


def _advice() -> str:
    text = _(
        "%(percent)d %% of the places or more are in use. Check how many people the licence of the meeting admits, "
        "and raise the capacity in time: whoever waits then gets a place at once."
    )
    return text % {"percent": settings.LICENCE_WARNING_PERCENT}
