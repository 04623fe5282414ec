"""Inviting named people to a session by invitation, and taking invitations back."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from registrations import audit
from registrations.enrolment import enrolment
from registrations.invitations.guest_list import Guest
from registrations.mail import invitation_mails, notices
from registrations.mail.notices.invitations import personal_invitation
from registrations.mail.notices.letters import random_message_id
from registrations.models import Invitation, InvitationBatch, Message, Registration, not_sent
from sessions.models import Occurrence, Session


class NotByInvitation(Exception):
    """The session is open to all: nobody needs an invitation to it."""


class NothingAhead(Exception):
    """The session has no time slot to come, so that an invitation would be for nothing."""


@dataclass(frozen=True)
class Invited:
    """The batch, None where nobody was left to invite, and the guests who had a valid invitation already."""

    batch: InvitationBatch | None
    invitations: list[Invitation]
    skipped: list[Guest]


@dataclass(frozen=True)
class Undone:
    withdrawn: int
    kept: list[Invitation]


@transaction.atomic
def invite(*, session_id, people, source, by, now) -> Invited:
    """Invite these guests, each by one mail that waits for RECALL_MINUTES and is composed when it leaves.

    Locks the session, so that of two imports at once the second one skips whom the first one has invited. Whose mail
    was dropped, because the session was called off for a while, is invited again. Raises NotByInvitation or
    NothingAhead.
    """
    session = _locked(session_id, now)
    known, new, skipped = identities_invited(session), {}, []
    for guest in people:
        is_new = guest.identity not in known and guest.identity not in new
        new.update({guest.identity: guest} if is_new else {})
        skipped += [] if is_new else [guest]
    if not new:
        return Invited(None, [], skipped)
    batch = InvitationBatch.objects.create(session=session, source=source[:200], made_at=now, made_by=by)
    invitations = _stored(session, list(new.values()), batch, by, now)
    invitation_mails.post(invitations, now=now, due_at=now + timedelta(minutes=settings.RECALL_MINUTES))
    audit.record("invited", batch, by=by, after={"people": len(invitations)})
    return Invited(batch, invitations, skipped)


@transaction.atomic
def invite_one(*, session_id, guest, by, now) -> Invitation:
    """Invite one guest at once; who has a valid invitation keeps it. Raises NotByInvitation or NothingAhead."""
    session = _locked(session_id, now)
    mailbox, name_key = guest.identity
    known = _who_know(session).filter(mailbox=mailbox, name_key=name_key).first()
    if known:
        return known
    [invitation] = _stored(session, [guest], None, by, now)
    invitation_mails.post([invitation], now=now, due_at=now)
    audit.record("invited", invitation, by=by)
    return invitation


def identities_invited(session) -> set[tuple[str, str]]:
    """Of those who know of their invitation, or soon will."""
    return set(_who_know(session).values_list("mailbox", "name_key"))


def sample(*, session, guest, now) -> Message:
    """The mail that this guest would get, composed and not stored."""
    return personal_invitation(_invitation(session, guest, None, None, now), message_id=random_message_id(), now=now)


@transaction.atomic
def undo(*, batch_id, now, by=None) -> Undone:
    """Withdraw the invitations of a batch; people who have accepted keep theirs, and are named.

    Locks the batch and its invitations. Mails that have not left are dropped.
    """
    batch = InvitationBatch.objects.locked().get(pk=batch_id)
    valid = list(batch.invitations.valid().locked())
    kept = [invitation for invitation in valid if invitation.pk in _with_seat(valid)]
    withdrawn = _withdraw([invitation for invitation in valid if invitation not in kept], now)
    audit.record("withdrawn", batch, by=by, after={"people": withdrawn})
    if batch.undone_at is None:
        InvitationBatch.objects.filter(pk=batch.pk).update(undone_at=now)
    return Undone(withdrawn, kept)


@transaction.atomic
def withdraw(*, invitation_id, now, by=None):
    """Take an invitation back; who has accepted it, and no other one, loses the seat and is informed by mail.

    Locks the time slots of the session, then the invitation. Withdrawing twice is withdrawing once. Raises
    refusals.RegistrationClosed when the person's slot is over.
    """
    invitation = lock_with_slots(invitation_id)
    if invitation.withdrawn_at:
        return
    takes_seat = takes_seat_away(invitation)
    _withdraw([invitation], now)
    audit.record("withdrawn", invitation, by=by)
    if takes_seat:
        enrolment.cancel(registration_id=invitation.registration_id, now=now, tell=notices.invitation_withdrawn)


def takes_seat_away(invitation) -> bool:
    """Whether the person loses a registration by this withdrawal: not while another valid invitation holds it."""
    others = Invitation.objects.valid().filter(registration=invitation.registration_id).exclude(pk=invitation.pk)
    held = Registration.objects.active().filter(invitation=invitation)
    return held.exists() and not others.exists()


def lock_with_slots(invitation_id) -> Invitation:
    """The invitation, locked after all time slots of its session, which come before it in the order of locks."""
    session_id = Invitation.objects.values_list("session_id", flat=True).get(pk=invitation_id)
    list(Occurrence.objects.filter(session=session_id).locked().values_list("pk"))
    related = ["session__season", "registration__participant"]
    return Invitation.objects.locked().select_related(*related).get(pk=invitation_id)


def _locked(session_id, now) -> Session:
    session = Session.objects.locked().get(pk=session_id)
    if not session.is_by_invitation:
        raise NotByInvitation
    if not session.occurrences.upcoming(now).exists():
        raise NothingAhead
    return session


def _who_know(session):
    return Invitation.objects.valid().filter(session=session).exclude(pk__in=_lost(session).values("pk"))


def _lost(session):
    """Invitations of which nobody has heard, because their mails were dropped."""
    return Invitation.objects.valid().unanswered().filter(session=session).without_mail()


def _stored(session, guests, batch, by, now) -> list[Invitation]:
    """New invitations, and those that were lost, which are as good as new."""
    # Whatever is there, also what has found its mail since: one valid invitation each.
    mailboxes = [guest.identity[0] for guest in guests]
    there = Invitation.objects.valid().filter(session=session, mailbox__in=mailboxes).locked()
    lost = {(each.mailbox, each.name_key): each for each in there}
    again = [lost[guest.identity] for guest in guests if guest.identity in lost]
    changes = {"batch": batch, "invited_at": now, "invited_by": by}
    Invitation.objects.filter(pk__in=[each.pk for each in again]).update(**changes)
    new = [_invitation(session, guest, batch, by, now) for guest in guests if guest.identity not in lost]
    return again + Invitation.objects.bulk_create(new, batch_size=500)


def _invitation(session, guest, batch, by, now) -> Invitation:
    mailbox, name_key = guest.identity
    return Invitation(
        session=session,
        batch=batch,
        name=guest.name,
        name_key=name_key,
        email=guest.email,
        mailbox=mailbox,
        organisation=guest.organisation,
        language=guest.language,
        invited_at=now,
        invited_by=by,
    )


def _with_seat(invitations) -> set[int]:
    """The ids of those whose person is registered, or waits for a seat."""
    active = Registration.objects.active().filter(invitation__in=invitations)
    return set(active.values_list("invitation", flat=True))


def _withdraw(invitations, now) -> int:
    pks = [invitation.pk for invitation in invitations]
    Message.objects.filter(invitation__in=pks).drop(not_sent.INVITATION_WITHDRAWN)
    return Invitation.objects.filter(pk__in=pks).update(withdrawn_at=now)
