"""What an invited person does with an invitation: opens it, accepts it, declines it."""

from dataclasses import replace

from django.db import transaction

from registrations.enrolment import enrolment, preferences, refusals
from registrations.invitations.inviting import lock_with_slots
from registrations.limits import rates
from registrations.mail import outbox
from registrations.mail.notices.invitations import decline_question
from registrations.models import Invitation, Registration
from registrations.people.identity import inbox
from registrations.seats import availability
from sessions.models import Occurrence


class Withdrawn(Exception):
    """The invitation is not valid any more."""


def open(*, invitation_id, now):
    """Remember the first opening; a withdrawn invitation stays shut."""
    Invitation.objects.valid().filter(pk=invitation_id, opened_at=None).update(opened_at=now)


def accept(*, invitation_id, now, **typed) -> Registration:
    """Give the invited person a seat, as `_accept` does, and the entries that they lacked if a focal point named them.

    Two transactions, because slots are locked before people.
    """
    registration = _accept(invitation_id=invitation_id, now=now, **typed)
    if registration is None:
        raise Withdrawn
    preferences.send_missing_entries(registration.participant_id, now=now)
    return registration


@transaction.atomic
def _accept(*, invitation_id, applicant, occurrence_id, now, waits=False, has_moved=None) -> Registration | None:
    """Give the invited person a seat, with the confirmation mail and the calendar entry.

    Locks the time slots of the session, then the invitation: accepting twice at once is accepting once, and gives the
    registration that there is. Who declined or cancelled may still accept. Of a full slot a place on its waiting list,
    if the person agrees to that (`waits`). `has_moved` says of a slot whether it begins at another time than the person
    was shown. None where staff have taken their place away since; a mail says so, and the page is that of an invitation
    taken back, because others may have the link. Raises Withdrawn, refusals.RegistrationClosed, refusals.SlotMoved or
    refusals.NoSeatLeft.
    """
    invitation = lock_with_slots(invitation_id)
    if invitation.withdrawn_at:
        raise Withdrawn
    if invitation.registration and not invitation.registration.is_cancelled:
        return invitation.registration
    registration = enrolment.admit(
        slot=_slot(invitation, occurrence_id, now),
        applicant=replace(applicant, email=invitation.email),
        invited_at=invitation.invited_at,
        now=now,
        waits=waits,
        has_moved=has_moved,
    )
    if registration:
        _store(invitation, accepted_at=now, declined_at=None, registration=registration)
    return registration


@transaction.atomic
def ask_whether_to_decline(*, invitation_id, now):
    """Post a mail with the button that declines: a forwarded mail has the link of the invitation and the address, too.

    At most as many mails as others may ask for to one mailbox; the answer is the same.
    """
    invitation = Invitation.objects.valid().select_related("session__season").filter(pk=invitation_id).first()
    if invitation and rates.take(rates.MAILS_TO_A_MAILBOX, inbox(invitation.mailbox)):
        outbox.post([decline_question(invitation, now=now)])


@transaction.atomic
def decline(*, invitation_id, now):
    """Remember that the person does not come; somebody who has accepted cancels the registration instead.

    Locks the invitation. Raises Withdrawn.
    """
    invitation = Invitation.objects.locked().get(pk=invitation_id)
    if invitation.withdrawn_at:
        raise Withdrawn
    if not Registration.objects.active().filter(invitation=invitation).exists():
        _store(invitation, declined_at=now, accepted_at=None)


def _slot(invitation, occurrence_id, now) -> Occurrence:
    slots = Occurrence.objects.select_related("session__season").filter(session=invitation.session_id)
    slot = slots.filter(pk=occurrence_id).first()
    if slot is None or not availability.takes_invited(slot, now):
        raise refusals.RegistrationClosed([slot] if slot else [])
    return slot


def _store(invitation, **changes):
    for field, value in changes.items():
        setattr(invitation, field, value)
    if invitation.opened_at is None:
        changes["opened_at"] = invitation.opened_at = changes.get("accepted_at") or changes.get("declined_at")
    invitation.save(update_fields=list(changes))
