"""Certificates in words for the staff."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.certificates import issuing
from registrations.certificates.deserving import Why
from registrations.certificates.doubts import Doubt
from registrations.models import Certificate
from sessions.clocks import dates

CHANGED = gettext_lazy(
    "Meanwhile other people would get one, or with other minutes. Nothing was issued. Please look again."
)
BEING_PREPARED = gettext_lazy("Those that were confirmed before are still being issued. Please wait a minute.")
NOBODY = gettext_lazy("Nobody gets one. Nothing was issued.")
GONE = gettext_lazy(
    "Something of it has changed meanwhile: it was withdrawn or replaced, or the person’s name or minutes are other "
    "ones. Nothing was done. Please look again."
)
HEADINGS = {
    Why.GETS: gettext_lazy("Get one"),
    Why.NOT_PRINTABLE: gettext_lazy("Cannot get one: the name cannot be printed"),
    Why.TOO_SHORT: gettext_lazy("Get none: were there too short"),
    Why.ABSENT: gettext_lazy("Get none: were not there"),
    Why.NOT_CONFIRMED: gettext_lazy("Get none: have not said that they take part"),
    Why.HAS_ONE: gettext_lazy("Have one already"),
}


def state_of_issuing(season, session, now) -> str:
    """Empty where what a certificate is about is over."""
    ends_at = issuing.last_end(season, session)
    return "" if ends_at and ends_at <= now else not_over(ends_at, season)


def not_over(ends_at, season) -> str:
    """Until when one waits; None where no time slot is held."""
    if ends_at is None:
        return _("Not yet: no time slot of it is held.")
    words = _("Not yet: its last time slot ends on %(day)s.")
    return words % {"day": dates.day(ends_at.astimezone(season.zone))}


def people(number) -> str:
    text = ngettext("%(number)s person", "%(number)s people", number)
    return text % {"number": dates.number(number)}


def button(number) -> str:
    text = ngettext("Issue %(number)s certificate", "Issue %(number)s certificates", number)
    return text % {"number": dates.number(number)}


def remark(candidate) -> str:
    """Beside a name: minutes, or why none."""
    if candidate.why is Why.TOO_SHORT:
        numbers = {"there": dates.number(candidate.there), "needed": dates.number(candidate.needed)}
        return _("%(there)s of the %(needed)s minutes that it takes") % numbers
    if candidate.why is Why.NOT_PRINTABLE:
        return not_printable(candidate.missing)
    return dates.in_turn(minutes(each.minutes) for each in candidate.attended)


def not_printable(characters) -> str:
    text = _("No font has: %(characters)s. Ask the person to write the name in another way, on “My certificates”.")
    return text % {"characters": " ".join(characters)}


def doubt(kind, certificate, entries) -> str:
    """What is known now that the certificate does not say, in a sentence."""
    if kind is Doubt.NAME:
        now = certificate.participant.name_on_certificates
        return _("It says “%(said)s”. The person’s name on certificates is “%(now)s” now.") % {
            "said": certificate.name,
            "now": now,
        }
    text = {
        Doubt.MINUTES: _("Other minutes than it says, by the reports now: %(sessions)s."),
        Doubt.NOT_THERE: _("The person has no seat any more: %(sessions)s."),
        Doubt.TIME: _("The time slot is at another time now: %(sessions)s."),
        Doubt.PARTS: _("A part of the time slot is called off or at another time now: %(sessions)s."),
        Doubt.CALLED_OFF: _("The time slot is called off now: %(sessions)s."),
    }[kind]
    return text % {"sessions": dates.in_turn([_entry(each) for each in entries])}


def state(certificate) -> str:
    if certificate.withdrawn_at:
        return _("withdrawn")
    if certificate.replaced_by_id:
        return _("replaced")
    return _("its person is erased") if certificate.is_forgotten else _("stands")


def about(certificate) -> str:
    if certificate.session_id is None:
        return _("the season")
    return str(certificate.session)


def part(certificate) -> str:
    return str(Certificate.Part(certificate.part).label)


def _entry(entry) -> str:
    seconds = entry.registration.attended_seconds
    now = _("no report") if seconds is None else minutes(seconds // 60)
    known = {"session": str(entry), "said": minutes(entry.minutes), "now": now}
    return _("%(session)s (it says: %(said)s; now: %(now)s)") % known


def minutes(minutes) -> str:
    if minutes is None:
        return _("opened the meeting")
    return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": dates.number(minutes)}
