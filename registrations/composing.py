"""Mails to many are composed when they are sent: from the state at that moment, or not at all."""

from copy import copy

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from registrations import notices, people
from registrations.delivery import Outdated
from registrations.invitation_mails import CHANGED
from registrations.models import Invitation, Message, Registration
from registrations.notices.invitations import invitation_changed, personal_invitation
from registrations.notices.mailbox import own_links
from sessions import season_days
from sessions.models import Occurrence, Season, Session

# How long after a season its people can have their links sent again.
LINKS_AFTER_SEASON_DAYS = 180


def prepare_all(messages, *, now) -> dict[int, Exception]:
    """`prepare` for some claimed mails: what each of those that cannot be sent has raised, by id."""
    _read_registrations([message for message in messages if message.kind in COMPOSERS])
    composed, problems = [], {}
    for message in messages:
        try:
            if _compose(message, now):
                composed.append(message)
        except Exception as problem:
            # Whatever is wrong with one mail, a template or a row that is gone, must not hold up the others.
            problems[message.pk] = problem
    if composed:
        Message.objects.record_composed(composed)
    return problems


def prepare(message, *, now):
    """Give the mail its subject and octets, unless it has them.

    Raises Outdated when nobody needs it any more; also for one that has octets and waits for another attempt.
    """
    if _compose(message, now):
        Message.objects.record_composed([message])


def _read_registrations(messages):
    """What these mails have in common, their session with its season and its slots, is read once for all of them."""
    sessions = Session.objects.select_related("season", "stream").prefetch_related("occurrences", "materials")
    registrations = Registration.objects.select_related("participant", "occurrence")
    with_sessions = registrations.prefetch_related(Prefetch("session", sessions))
    prefetch_related_objects(messages, Prefetch("registration", with_sessions))


def _compose(message, now) -> bool:
    """Whether the mail has other octets than before."""
    if message.expires_at and now > message.expires_at:
        raise Outdated(_("Too late: it would have come after its time."))
    if message.kind == "links":
        return _compose_links(message, now)
    if message.invitation_id:
        return _compose_invitation(message, now)
    if message.kind in COMPOSERS:
        return _compose_for_one_of_many(message, now)
    return False


def _compose_for_one_of_many(message, now) -> bool:
    registration = message.registration
    if message.kind == "promoted":
        _require_seat(registration)
    else:
        _require_current(message, registration, now)
    if message.is_composed and message.kind not in COMPOSED_ANEW:
        return False
    return _take_words(message, COMPOSERS[message.kind](registration, message, now))


def _compose_links(message, now) -> bool:
    if message.is_composed:
        return False
    recent = season_days.not_ended(Season.objects.all(), now=now, days=LINKS_AFTER_SEASON_DAYS)
    found = list(people.behind(message.recipient, seasons=recent))
    if not found:
        raise Outdated(_("Nobody is registered under this address."))
    return _take_words(message, own_links(found, message, now=now))


def _compose_invitation(message, now) -> bool:
    invitation = Invitation.objects.select_related("session__season").get(pk=message.invitation_id)
    if invitation.withdrawn_at:
        raise Outdated(_("The invitation was withdrawn."))
    if message.kind == CHANGED:
        return _compose_change_for_invited(message, invitation, now)
    if not invitation.session.occurrences.upcoming(now).exists():
        raise Outdated(_("Too late: the session is over or was called off."))
    if message.is_composed:
        return False
    return _take_words(message, personal_invitation(invitation, message_id=message.message_id, now=now))


def _compose_change_for_invited(message, invitation, now) -> bool:
    if invitation.accepted_at or invitation.declined_at:
        raise Outdated(_("The person has answered the invitation."))
    slot = message.change.occurrence
    slots = list(invitation.session.occurrences.upcoming(now).in_order())
    if not slots and not slot.is_called_off:
        raise Outdated(_("Too late: the session is over or was called off."))
    if message.is_composed:
        return False
    previous = None if message.knew_called_off else _known_slot(message)
    told = invitation_changed(invitation, slots=slots, previous=previous, message_id=message.message_id, now=now)
    return _take_words(message, told)


def _take_words(message, composed) -> bool:
    message.subject, message.octets = composed.subject, composed.octets
    return True


def _require_current(message, registration, now):
    if registration.participant.anonymised_at:
        raise Outdated(_("The person’s details were erased."))
    if message.sequence is not None and _is_superseded(message, registration):
        raise Outdated(_("Superseded: the person hears of a newer state, or has cancelled."))
    if message.kind in WISHES:
        _require_wish(message, registration)
    if message.kind == "reminder":
        _require_session_ahead(message, registration.occurrence, now)


def _is_superseded(message, registration) -> bool:
    """Whether the entry is at another revision now than this mail tells of.

    New words raise both together, perhaps after the mail was claimed: then its own row is as new as the registration.
    """
    if message.sequence == registration.sequence:
        return False
    return not Message.objects.filter(pk=message.pk, sequence=registration.sequence).exists()


def _require_wish(message, registration):
    _require_seat(registration)
    if not getattr(registration.participant, WISHES[message.kind]):
        raise Outdated(_("The person does not want such mails any more."))


def _require_seat(registration):
    if not registration.is_confirmed:
        raise Outdated(_("The person has cancelled."))


def _require_session_ahead(message, slot, now):
    if slot.is_called_off:
        raise Outdated(_("The time slot was called off."))
    if slot.starts_at != message.known_starts_at:
        raise Outdated(_("The person’s session is at another time now."))
    if slot.starts_at <= now:
        raise Outdated(_("Too late: the session has begun."))


def _rescheduled(registration, message, now):
    return notices.rescheduled(registration, previous=_known_slot(message), now=now)


def _called_off(registration, _message, now):
    return notices.called_off(registration, now=now)


def _revived(registration, message, now):
    return notices.revived(registration, previous=_known_slot(message), now=now)


def _waiting_changed(registration, message, now):
    was_called_off = message.knew_called_off
    return notices.waiting_changed(registration, previous=_known_slot(message), was_called_off=was_called_off, now=now)


def _promoted(registration, message, now):
    # Whatever came later has a mail of its own under a higher SEQUENCE, and wins in any order of arrival.
    as_told = copy(registration)
    as_told.sequence = message.sequence
    return notices.promoted(as_told, now=now)


def _reminder(registration, message, now):
    return notices.reminder(registration, message_id=message.message_id, now=now)


def _published(registration, message, now):
    return notices.published(registration, message_id=message.message_id, now=now)


def _known_slot(message) -> Occurrence:
    return Occurrence(starts_at=message.known_starts_at, ends_at=message.known_ends_at)


COMPOSERS = {
    "rescheduled": _rescheduled,
    "called_off": _called_off,
    "revived": _revived,
    "waiting_changed": _waiting_changed,
    "promoted": _promoted,
    "reminder": _reminder,
    "published": _published,
}
# Which wish of the person such a mail needs.
WISHES = {"reminder": "wants_reminders", "published": "wants_announcements"}
# "Tomorrow" may be wrong at the next attempt, so these are written again for each, under the same Message-ID.
COMPOSED_ANEW = {"reminder"}
