"""What a form says when too much was asked for, and when it was sent faster than a person writes."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from registrations.limits.sign_ups import MailboxHasEnough
from registrations.people.identity import fold_address, inbox
from sessions.clocks import dates
from sessions.clocks.wall_clock import on_clock

ONE_MINUTE, LONG_SECONDS = timedelta(minutes=1), 90


def press_again() -> str:
    return _("Please press the button once more. We ask for this when a form comes very fast: robots do not do it.")


def error(refusal, zone) -> tuple[str | None, str]:
    """The field of the form, None for the whole of it, and the words."""
    return "email" if isinstance(refusal, MailboxHasEnough) else None, words(refusal, zone)


def words(refusal, zone) -> str:
    """`refusal` is one of the TooMany of limits.sign_ups; its hour is that of `zone`."""
    if isinstance(refusal, MailboxHasEnough):
        # Rounded up: who tries in that minute must not be too early.
        moment = refusal.free_at + ONE_MINUTE
        clock = on_clock(moment, moment, zone)
        return _(
            "We have sent several mails to this address within the last hour. Please use the link in one of them, or "
            "try again after %(hour)s (%(place)s)."
        ) % {"hour": clock.hour_in_sentence, "place": clock.label}
    return _("Many forms came in at once. Nothing is lost: please press the button again in %(span)s.") % {
        "span": _span(refusal.seconds)
    }


def words_of_delegation(refusal, members) -> str:
    """With the name of the person whose mailbox has enough."""
    said = words(refusal, members.point.details.timezone)
    full = getattr(refusal, "inbox", None)
    crowded = [who for who in members.owning if inbox(fold_address(who.email)) == full]
    return _("%(name)s: %(words)s") % {"name": crowded[0].name, "words": said} if crowded else said


def changes(seconds) -> str:
    return _("You have changed a lot within the last hour. Please try again in %(span)s.") % {"span": _span(seconds)}


def _span(seconds) -> str:
    if seconds < LONG_SECONDS:
        return npgettext("in how long", "%(number)s second", "%(number)s seconds", seconds) % {
            "number": dates.number(seconds)
        }
    minutes = -(-seconds // 60)
    return npgettext("in how long", "%(number)s minute", "%(number)s minutes", minutes) % {
        "number": dates.number(minutes)
    }
