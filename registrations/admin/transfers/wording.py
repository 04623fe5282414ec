"""What becomes of people when their move to another time slot is taken back, in words for the staff."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.admin.base import slot_time
from registrations.transfers.outlook import Outcome
from sessions.clocks.dates import number

# Of those who stay as they are.
REASONS = {
    Outcome.FULL: gettext_lazy("Stays here: no seat is free in the time slot before."),
    Outcome.HAS_HEARD: gettext_lazy("Stays here: waited before, and has heard of the seat."),
    Outcome.CLOSED: gettext_lazy(
        "Stays here: the time slot before was deleted or called off, is over, or has no waiting list any more."
    ),
    Outcome.OVER: gettext_lazy("Stays here: this time slot is over."),
    Outcome.LEFT: gettext_lazy("Has cancelled, or their details were erased."),
    Outcome.ELSEWHERE: gettext_lazy("Was moved once more, or has chosen a time slot themselves."),
}


def before(moved) -> str:
    """Where somebody was before the move."""
    if moved.occurrence_before is None:
        return _("a time slot that was deleted")
    slot = slot_time(moved.occurrence_before)
    return _("%(slot)s, waiting list") % {"slot": slot} if moved.has_waited else slot


def outcome(turn) -> str:
    if turn.outcome == Outcome.SEAT:
        return _("Back to %(slot)s") % {"slot": before(turn.moved)}
    if turn.outcome == Outcome.LIST:
        return _("Back to %(slot)s, in the old place") % {"slot": before(turn.moved)}
    return str(REASONS[turn.outcome])


def mail(turn) -> str:
    if turn.is_told:
        return _("one at once")
    return _("none") if turn.outcome.goes_back else _("no change")


def effects(outlook) -> list[str]:
    """In sentences, with numbers of people."""
    numbers, told = outlook.numbers, len(outlook.told)
    silent, staying = len(outlook.going_back) - told, len(outlook.turns) - len(outlook.going_back)
    found = [
        (numbers[Outcome.SEAT], _seats),
        (numbers[Outcome.LIST], _lists),
        (staying, _stay),
        (silent, _silent),
        (told, _told),
        (outlook.moving_up, _moving_up),
    ]
    return [words(people) for people, words in found if people]


def _seats(people) -> str:
    text = ngettext(
        "%(number)s person has the seat again that they had before.",
        "%(number)s people have the seats again that they had before.",
        people,
    )
    return text % {"number": number(people)}


def _lists(people) -> str:
    text = ngettext(
        "%(number)s person is on the waiting list again, in the old place.",
        "%(number)s people are on the waiting list again, in their old places.",
        people,
    )
    return text % {"number": number(people)}


def _stay(people) -> str:
    text = ngettext(
        "%(number)s person stays as they are; the reason is in the table.",
        "%(number)s people stay as they are; the reasons are in the table.",
        people,
    )
    return text % {"number": number(people)}


def _silent(people) -> str:
    text = ngettext(
        "%(number)s person who goes back has not heard of the move, and gets no mail about it.",
        "%(number)s people who go back have not heard of the move, and get no mail about it.",
        people,
    )
    return text % {"number": number(people)}


def _told(people) -> str:
    text = ngettext(
        "%(number)s person who goes back is told at once where they are now.",
        "%(number)s people who go back are told at once where they are now.",
        people,
    )
    return text % {"number": number(people)}


def _moving_up(people) -> str:
    text = ngettext(
        "%(number)s person on a waiting list gets a seat that comes free, and a mail.",
        "%(number)s people on waiting lists get the seats that come free, and a mail.",
        people,
    )
    return text % {"number": number(people)}
