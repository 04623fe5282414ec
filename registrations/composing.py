"""Mails to many are composed when they are sent: from the state at that moment, or not at all."""

from django.utils.translation import gettext as _

from registrations import notices
from registrations.delivery import Outdated
from registrations.models import Registration
from sessions.models import Occurrence

RELATED = ["participant__season", "occurrence", "session__season", "session__stream"]


def prepare(message, *, now):
    """Give the mail its subject and octets, unless it has them.

    Raises Outdated when nobody needs it any more; also for one that has octets and waits for another attempt.
    """
    if message.expires_at and now > message.expires_at:
        raise Outdated(_("Too late: it would have come after its time."))
    compose = COMPOSERS.get(message.kind)
    if compose is None:
        return
    registration = Registration.objects.select_related(*RELATED).get(pk=message.registration_id)
    _require_current(message, registration)
    if not message.is_composed:
        composed = compose(registration, message, now)
        message.record_composed(subject=composed.subject, octets=composed.octets)


def _require_current(message, registration):
    if message.sequence is not None and message.sequence != registration.sequence:
        raise Outdated(_("Superseded: the person hears of a newer state, or has cancelled."))


def _rescheduled(registration, message, now):
    return notices.rescheduled(registration, previous=_known_slot(message), now=now)


def _called_off(registration, _message, now):
    return notices.called_off(registration, now=now)


def _revived(registration, message, now):
    return notices.revived(registration, previous=_known_slot(message), now=now)


def _known_slot(message) -> Occurrence:
    return Occurrence(starts_at=message.known_starts_at, ends_at=message.known_ends_at)


COMPOSERS = {"rescheduled": _rescheduled, "called_off": _called_off, "revived": _revived}
