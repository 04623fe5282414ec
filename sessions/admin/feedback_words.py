"""What staff read of the state of feedback about a session."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations.feedback import opening, window
from sessions.clocks import dates


def state(session, feedback, answered, now) -> str:
    """One sentence; `session` comes with its season, `answered` is how many people have answered."""
    if feedback is not None and feedback.opened_on:
        return _of_opened(feedback)
    if not window.is_asked(session):
        return _("Nobody is asked about it.")
    day = window.last_day(session, window.slots_of(session))
    if day is None:
        return _("It has no time slot that is held: nobody is asked about it.")
    if now >= window.closes_at(session, day) and not answered:
        return _("Nobody answered.")
    if now >= window.closes_at(session, day):
        return _("Nobody can answer any more. The answers can be read within an hour, if there are enough.")
    if not any(slot.is_over(now) and not slot.is_called_off for slot in window.slots_of(session)):
        return _("People are asked as soon as it is over.")
    return _so_far(answered) % {"number": dates.number(answered), "day": dates.day(day)}


def link(row):
    """From the form of a season or session to its page with feedback."""
    page = reverse(f"admin:online_sessions_{row._meta.model_name}_feedback", args=[row.pk])
    return format_html('<a href="{}">{}</a>', page, _("Feedback"))


def _of_opened(feedback) -> str:
    if feedback.answers is None:
        words = _("Fewer than %(number)s people answered. What they answered was deleted.")
        return words % {"number": dates.number(opening.NEEDED)}
    words = ngettext("%(number)s person answered.", "%(number)s people answered.", feedback.answers)
    return words % {"number": dates.number(feedback.answers)}


def _so_far(answered) -> str:
    return ngettext(
        "%(number)s person has answered so far. People can answer until %(day)s; nobody can read it before.",
        "%(number)s people have answered so far. People can answer until %(day)s; nobody can read it before.",
        answered,
    )
