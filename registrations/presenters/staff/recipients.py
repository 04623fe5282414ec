"""How many people get a mail about a change, and when their mails leave, in words for the staff."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.mail import slot_change_mails
from sessions.clocks import dates
from sessions.clocks.wall_clock import on_clock

NOTHING_TO_TAKE_BACK = gettext_lazy("There is nothing to take back: all mails have left, or it was taken back already.")


def moment(instant, season) -> str:
    """Wednesday 2 October 2030, 14:32 (Geneva, UTC+2)."""
    return on_clock(instant, instant, season.timezone, season.place).start_in_words


def hour(instant, season) -> str:
    """14:32 (Geneva)."""
    clock = on_clock(instant, instant, season.timezone, season.place)
    return _("%(hour)s (%(place)s)") % {"hour": clock.start_hour, "place": clock.place}


def will_be_mailed(people) -> str:
    if not people:
        return _("Nobody will be told.")
    text = ngettext("%(number)s person will be told by mail.", "%(number)s people will be told by mail.", people)
    return text % {"number": dates.number(people)}


def were_mailed(people) -> str:
    if not people:
        return _("Nobody had to be told.")
    text = ngettext("%(number)s person is told by mail.", "%(number)s people are told by mail.", people)
    return text % {"number": dates.number(people)}


def are_mailed(people, leave_at, season, *, now) -> str:
    """For what can be taken back until `leave_at`, an aware datetime; where that is over, as `were_mailed`."""
    if not people or leave_at <= now:
        return were_mailed(people)
    text = ngettext(
        "The mail to %(number)s person leaves at %(hour)s. Until then you can take this back.",
        "The mails to %(number)s people leave at %(hour)s. Until then you can take this back.",
        people,
    )
    return text % {"number": dates.number(people), "hour": hour(leave_at, season)}


def mails_would_leave(starts, season, *, now) -> str:
    """When the mails leave of a change made at this moment; `starts` are those of the slots before and after it."""
    leave_at, first = slot_change_mails.leave_at(starts, now), min(starts)
    if leave_at > now:
        text = _("If you confirm now, the mails leave at %(hour)s. Until then you can take the change back.")
        return text % {"hour": hour(leave_at, season)}
    if first <= now:
        return _("The mails leave at once, because the time of the slot has come.")
    if first - now < slot_change_mails.NEAR:
        return _("The mails leave at once, because the time slot is near.")
    return _("The mails leave at once.")


def hear_nothing(people) -> str:
    """Of what was taken back."""
    text = ngettext(
        "%(number)s mail has not left: this person hears nothing.",
        "%(number)s mails have not left: these people hear nothing.",
        people,
    )
    return text % {"number": dates.number(people)}
