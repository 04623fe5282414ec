"""How long until a moment, in words that are still true when read a minute later."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from sessions.clocks import dates

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
COUNT_MINUTES_BELOW = 2 * HOUR


def until(clock, now) -> str:
    """In 3 days; tomorrow, in 17 hours; today, in 5 hours; in 40 minutes; going on now; over.

    `clock` is a sessions.clocks.Clock: today and tomorrow are its zone's.
    """
    if clock.ends_at <= now:
        return _("over")
    left = clock.starts_at - now
    if left <= timedelta(0):
        return _("going on now")
    if left < COUNT_MINUTES_BELOW:
        minutes = max(1, left // MINUTE)
        return ngettext("in %(count)s minute", "in %(count)s minutes", minutes) % {"count": dates.number(minutes)}
    return _in_hours_or_days(clock, now, left // HOUR)


def in_short(clock, now) -> str:
    """For a subject: in 3 days; tomorrow; today; in 40 minutes; going on now; over."""
    days = _days_until(clock, now)
    if clock.starts_at - now < COUNT_MINUTES_BELOW:
        return until(clock, now)
    return _in_days(days) if days > 1 else (_("tomorrow") if days else _("today"))


def list_of_leads(leads_hours) -> str:
    """3 days, 1 day and 1 hour; empty where there are none."""
    return dates.all_of(lead(hours) for hours in leads_hours)


def lead(hours) -> str:
    """3 days; 36 hours. It stands before "before each session"."""
    days, rest = divmod(hours, 24)
    if days and not rest:
        return npgettext("before a session", "%(count)s day", "%(count)s days", days) % {"count": dates.number(days)}
    return npgettext("before a session", "%(count)s hour", "%(count)s hours", hours) % {"count": dates.number(hours)}


def _in_hours_or_days(clock, now, hours) -> str:
    days = _days_until(clock, now)
    if days > 1:
        return _in_days(days)
    in_hours = ngettext("in %(count)s hour", "in %(count)s hours", hours) % {"count": dates.number(hours)}
    words = _("tomorrow, %(in_hours)s") if days == 1 else _("today, %(in_hours)s")
    return words % {"in_hours": in_hours}


def _in_days(days) -> str:
    return ngettext("in %(count)s day", "in %(count)s days", days) % {"count": dates.number(days)}


def _days_until(clock, now) -> int:
    return (clock.starts_at.date() - now.astimezone(clock.starts_at.tzinfo).date()).days
