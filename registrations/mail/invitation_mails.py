"""Mails to invited people: the invitation, and changes before they answer (the registered: slot_change_mails)."""

from django.db.models import Count
from django.utils.translation import gettext as _

from registrations.mail import outbox
from registrations.mail.notices.letters import random_message_id
from registrations.mail.slot_change_mails import Known, known
from registrations.models import Invitation, Message

INVITATION, CHANGED = "personal_invitation", "invitation_changed"


def post(invitations, *, now, due_at):
    """One mail to each; without its text, which is composed from the state at the moment of sending."""
    numbered = Invitation.objects.filter(pk__in=[each.pk for each in invitations]).annotate(mails=Count("messages"))
    # An invitation whose mail was dropped has another one later; of two who post it at once, one does.
    outbox.post(
        [_mail(INVITATION, each, f"{each.pk}:{each.mails}", now=now, due_at=due_at) for each in numbered.order_by("pk")]
    )


def post_lost(slot, *, now, due_at):
    """Once more the invitations to its session that were dropped, because it was called off or over for a while."""
    unanswered = Invitation.objects.valid().unanswered().filter(session=slot.session_id)
    post(list(unanswered.without_mail()), now=now, due_at=due_at)


def post_change(slot, before, change, *, now) -> int:
    """Post one mail to each invited person who has not answered, and does not know the slot's present state.

    For a locked slot. As in `slot_change_mails.post`, mails of earlier changes that nobody has tried to send are
    dropped; so is an earlier mail that would be tried again, since this one has the link and the times, too. Returns
    how many.
    """
    knowledge, present = _of_dropped_mails(slot), known(slot)
    recipients = [each for each in _unanswered(slot).order_by("pk") if knowledge.get(each.pk, before) != present]
    tried = Message.objects.filter(invitation__in=recipients, attempts__gt=0)
    tried.drop(_("Superseded by a later change of the time slot."))
    outbox.post([_changed(each, knowledge.get(each.pk, before), slot, change, now) for each in recipients])
    return len(recipients)


def number_of_recipients(slot, state: Known) -> int:
    """How many invited people hear of it when the slot gets this state."""
    return _unanswered(slot).count() - number_who_hear_nothing(slot, state)


def number_who_hear_nothing(slot, state: Known) -> int:
    """How many know this state as the present one, because the mail that tells of another has not left."""
    mails = _waiting(slot).filter(invitation__in=_unanswered(slot))
    as_known = {"known_starts_at": state.starts_at, "known_ends_at": state.ends_at}
    return mails.filter(**as_known, knew_called_off=state.is_called_off).count()


def first_unanswered(slot) -> Invitation | None:
    return _unanswered(slot).select_related("session__season").order_by("pk").first()


def _unanswered(slot):
    return Invitation.objects.valid().unanswered().filter(session=slot.session_id).with_mail()


def _waiting(slot):
    return Message.objects.untouched().filter(kind=CHANGED, change__occurrence=slot)


def _of_dropped_mails(slot) -> dict[int, Known]:
    """Drop the mails of earlier changes that nobody has tried to send; what their readers know, by invitation id."""
    pks = list(_waiting(slot).values_list("pk", flat=True))
    Message.objects.untouched().filter(pk__in=pks).drop(_("Superseded by a later change of the time slot."))
    # Not of one that was claimed meanwhile: what it says is known.
    return {
        mail.invitation_id: Known(mail.known_starts_at, mail.known_ends_at, mail.knew_called_off)
        for mail in Message.objects.dropped().filter(pk__in=pks).defer("octets")
    }


def _changed(invitation, what, slot, change, now) -> Message:
    key = f"{invitation.pk}:{slot.pk}:{change.sequence}"
    mail = _mail(CHANGED, invitation, key, now=now, due_at=change.mails_leave_at)
    mail.change = change
    mail.known_starts_at, mail.known_ends_at, mail.knew_called_off = what.starts_at, what.ends_at, what.is_called_off
    return mail


def _mail(kind, invitation, key, *, now, due_at) -> Message:
    return Message(
        kind=kind,
        dedupe_key=f"{kind}:{key}",
        invitation=invitation,
        recipient=invitation.email,
        message_id=random_message_id(),
        queued_at=now,
        due_at=due_at,
    )
