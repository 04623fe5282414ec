"""Somebody answers about a session, once."""

import logging

from django.db import transaction

from registrations.feedback import pile, window
from registrations.models import Feedback, FeedbackTicket, Participant, Registration

log = logging.getLogger(__name__)


class NotAsked(Exception):
    """The form is not open, or not for this person."""


class CannotBeStored(Exception):
    """What waits cannot be opened, so nothing can be added to it."""


@transaction.atomic
def answer(*, participant_id, session_id, given, now) -> bool:
    """Add what somebody answered, by the name of the question; False, with nothing added, if they had answered before.

    The ticket and the pile of the session are all that is written: nothing in them tells which answers came with which
    ticket. Locks the person and the pile. Raises NotAsked or CannotBeStored.
    """
    person = Participant.objects.locked().filter(pk=participant_id, anonymised_at=None).first()
    if person is None:
        raise NotAsked
    if FeedbackTicket.objects.filter(participant=person, session=session_id).exists():
        return False
    registration = _own_registration(person, session_id)
    if registration is None or not window.is_open(registration, now):
        raise NotAsked
    _add(_locked(session_id), given)
    today = now.astimezone(registration.session.season.zone).date()
    FeedbackTicket.objects.create(participant=person, session_id=session_id, answered_on=today)
    return True


def _own_registration(person, session_id):
    if person.confirmed_at is None:
        return None
    own = Registration.objects.confirmed().filter(participant=person, session=session_id)
    return own.select_related("occurrence", "session__season").first()


def _locked(session_id) -> Feedback:
    # Two first ones at once: the second is passed over, and no error with its values is in the log of the database.
    Feedback.objects.bulk_create([Feedback(session_id=session_id)], ignore_conflicts=True)
    found = Feedback.objects.locked().get(session=session_id)
    if found.opened_on:
        raise NotAsked
    return found


def _add(found, given):
    try:
        collected = pile.unseal(found.pile, session_id=found.session_id)
    except pile.CannotOpen:
        log.error("Feedback of session %s: SECRET_KEY was changed, and the old one is no fallback.", found.session_id)
        raise CannotBeStored from None
    collected.add(given)
    found.pile = pile.seal(collected, session_id=found.session_id)
    found.save(update_fields=["pile"])
