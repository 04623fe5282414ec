"""Mails to invited people: the invitation, and changes before they answer (the registered: slot_change_mails)."""

from collections import defaultdict

from django.db.models import Count, OuterRef, Subquery

from registrations.mail import outbox
from registrations.mail.notices.letters import random_message_id
from registrations.mail.slot_change_mails import Known, as_stored, known, known_before, knows_before
from registrations.models import Invitation, Message, SlotChange, not_sent

INVITATION, CHANGED = "personal_invitation", "invitation_changed"


def post(invitations, *, now, due_at):
    """One mail to each; without its text, which is composed from the state at the moment of sending."""
    numbered = Invitation.objects.filter(pk__in=[each.pk for each in invitations]).annotate(mails=Count("messages"))
    # An invitation whose mail was dropped has another one later; of two who post it at once, one does.
    outbox.post(
        [_mail(INVITATION, each, f"{each.pk}:{each.mails}", now=now, due_at=due_at) for each in numbered.order_by("pk")]
    )


def lost(change):
    """Invitations to the session whose mails were dropped, because it was called off or over for a while.

    Only those that have had none since the change, so that each is posted once for it.
    """
    slot = change.occurrence
    if slot.is_called_off:
        return Invitation.objects.none()
    unanswered = Invitation.objects.valid().unanswered().filter(session=slot.session_id)
    later = Message.objects.filter(invitation__session=slot.session_id, queued_at__gte=change.made_at)
    return unanswered.without_mail().exclude(pk__in=later.values("invitation"))


def mark(change) -> int:
    """Note for each invited person who has not answered that their mail of a change is unprepared.

    For a change of a locked slot. Two statements, however many people there are; returns how many have a mail to come.
    Whose mail of an earlier change of the session is unprepared still knows the state before that one.
    """
    prepared = _unanswered(change.occurrence).filter(unprepared_since=None)
    # Locked in the order in which whoever withdraws many of them locks them; read first, because without statistics
    # PostgreSQL goes through all of them for each one that it updates.
    pks = list(prepared.locked().values_list("pk", flat=True))
    Invitation.objects.filter(pk__in=pks).update(unprepared_since=change.pk)
    return unprepared(change.occurrence).count()


def unprepared(slot):
    return Invitation.objects.unprepared().filter(session=slot.session_id).order_by("pk")


def post_changes(invitations, *, now):
    """Prepare the mails of changes for some locked invitations to one session, whose slots are locked.

    One to each person for each slot of which they do not know the present state. As in `slot_change_mails.post`, mails
    of earlier changes that nobody has tried to send are dropped; so is an earlier mail that would be tried again, since
    this one has the link and the times, too.
    """
    for changes in _changes_since(invitations):
        _post_of_slot(invitations, changes, now)
    Invitation.objects.filter(pk__in=[each.pk for each in invitations]).update(unprepared_since=None)


def number_to_prepare(slot) -> int:
    """How many invited people will still get a mail of the last change of the slot."""
    return _behind(slot).count() - number_who_know(slot, known(slot))


def number_unanswered(slot) -> int:
    """How many people are invited to the session and have not answered."""
    return _unanswered(slot).count()


def number_who_know(slot, state: Known) -> int:
    """How many of these know this state as the present one, because the mail that tells of another has not left."""
    waiting = _waiting(slot).filter(invitation__in=_unanswered(slot))
    by_mail = waiting.filter(**as_stored(state))
    since = [change.pk for change in slot.changes.all() if known_before(change) == state]
    unprepared = _behind(slot).filter(since__in=since).exclude(pk__in=waiting.values("invitation"))
    return by_mail.count() + unprepared.count()


def first_unanswered(slot) -> Invitation | None:
    return _unanswered(slot).select_related("session__season").order_by("pk").first()


def _unanswered(slot):
    return Invitation.objects.valid().unanswered().filter(session=slot.session_id).with_mail()


def _waiting(slot):
    return Message.objects.untouched().filter(kind=CHANGED, change__occurrence=slot)


def _behind(slot):
    """Invitations whose mail of this slot is unprepared; `since` is its first change that they know nothing of."""
    first = slot.changes.filter(pk__gte=OuterRef("unprepared_since")).order_by("pk").values("pk")[:1]
    return unprepared(slot).annotate(since=Subquery(first)).filter(since__isnull=False)


def _changes_since(invitations) -> list[list[SlotChange]]:
    """The changes of which mails of these are unprepared, those of each slot in their order."""
    if not invitations:
        return []
    first = min(each.unprepared_since for each in invitations)
    of_session = SlotChange.objects.filter(occurrence__session=invitations[0].session_id, pk__gte=first)
    of_slots = defaultdict(list)
    for change in of_session.select_related("occurrence").order_by("pk"):
        of_slots[change.occurrence_id].append(change)
    return list(of_slots.values())


def _post_of_slot(invitations, changes, now):
    slot, last = changes[-1].occurrence, changes[-1]
    behind = [each for each in invitations if each.unprepared_since <= last.pk]
    knowledge, present = _knowledge(behind, changes), known(slot)
    recipients = [each for each in behind if knowledge[each.pk] != present]
    tried = Message.objects.filter(invitation__in=recipients, attempts__gt=0)
    tried.drop(not_sent.SUPERSEDED)
    outbox.post([_changed(each, knowledge[each.pk], last, now) for each in recipients])


def _knowledge(invitations, changes) -> dict[int, Known]:
    """What these people know of the slot, by invitation id; the waiting mails that say otherwise are dropped."""
    first = {each.pk: next(change for change in changes if change.pk >= each.unprepared_since) for each in invitations}
    before = {pk: known_before(change) for pk, change in first.items()}
    return before | _of_dropped_mails(invitations, changes[-1].occurrence)


def _of_dropped_mails(invitations, slot) -> dict[int, Known]:
    """Drop the mails of earlier changes that nobody has tried to send; what their readers know, by invitation id."""
    pks = list(_waiting(slot).filter(invitation__in=invitations).values_list("pk", flat=True))
    Message.objects.untouched().filter(pk__in=pks).drop(not_sent.SUPERSEDED)
    # Not of one that was claimed meanwhile: what it says is known.
    return {
        mail.invitation_id: knows_before(mail) for mail in Message.objects.dropped().filter(pk__in=pks).defer("octets")
    }


def _changed(invitation, what, change, now) -> Message:
    key = f"{invitation.pk}:{change.occurrence_id}:{change.sequence}"
    mail = _mail(CHANGED, invitation, key, now=now, due_at=change.mails_leave_at)
    mail.change = change
    for name, value in as_stored(what).items():
        setattr(mail, name, value)
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
