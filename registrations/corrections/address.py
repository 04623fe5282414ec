"""A person whose address was wrong, or is another one now, moves to another mailbox with all that they have."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max, Q

from registrations import audit
from registrations.enrolment import locking
from registrations.mail import kinds, notices, outbox
from registrations.mail.notices.delegations import named
from registrations.mail.notices.mailbox import new_link
from registrations.models import Invitation, Mailbox, Message, Participant, Registration, new_key, not_sent
from registrations.next_season import subscription
from registrations.people import accounts, identification, search
from registrations.people.identity import fold_address
from sessions.models import new_uid

# What the mails of a sign-up do not say: it goes to the new address, where it has not left.
NEWS = kinds.names(lambda kind: kind.preference or kind.is_to_list or kind.is_circular)


class AddressTaken(Exception):
    """Somebody of this name is behind that mailbox already, or invited there."""


class MailboxShared(Exception):
    """The person has signed up others behind the old mailbox, or was signed up by somebody behind it."""


class ChangeWaits(Exception):
    """Staff have changed a time slot of the person, and its mails leave at `until`; None while these are prepared."""

    def __init__(self, until):
        super().__init__(until)
        self.until = until


class SameMailbox(Exception):
    """The person is behind that mailbox already."""


class ChangedMeanwhile(Exception):
    """The person has another address than the one shown, has erased their details, or signed up at this moment."""


@transaction.atomic
def correct(*, participant_id, shown, email, by, now) -> int:
    """Move the person who has the address `shown` to `email`; returns how many mails leave for it.

    Whoever reads the old mailbox hears nothing, and keys and calendar identifiers from mails to it open and change
    nothing any more: each registration has a new UID, as for somebody who never had an entry. Raises AddressTaken,
    SameMailbox, MailboxShared, ChangeWaits or ChangedMeanwhile. Locks slots, invitations, the person and the new
    identity, then what belongs to them.
    """
    sessions = locking.slots_of(participant_id)
    invitations = list(Invitation.objects.filter(registration__participant=participant_id).locked())
    person = _locked(participant_id, shown, fold_address(email))
    _require_alone(person)
    old, is_last = person.mailbox, _is_last(person)
    subscribers = subscription.locked(old) if is_last else []
    registrations = list(person.registrations.locked().select_related("occurrence", "session__season").order_by("pk"))
    if not sessions.issuperset(each.session_id for each in registrations if not each.is_cancelled):
        raise ChangedMeanwhile
    require_no_change(registrations, now)
    mails_before = _lock_mails(person, invitations, subscribers)
    # New keys come after all locks: from then on whoever stores a row that refers to these waits for this transaction.
    _move(person, email)
    _move_invitations(invitations, person)
    subscription.move(subscribers, person.mailbox)
    coming = _renew(registrations, person, now)
    _lead_to_new_address(mails_before, person)
    if is_last:
        _forget_mailbox(old)
    mails = _mails(person, coming, now)
    outbox.post_new(mails)
    audit.record("address-corrected", person, by=by, after={"mails": len(mails)})
    return len(mails)


def to_come(person, now) -> list[Registration]:
    """What a mail to the new address will tell of."""
    active = person.registrations.active().select_related("occurrence", "session__season")
    return [each for each in active.order_by("occurrence__starts_at", "pk") if _is_to_come(each, now)]


def _is_to_come(registration, now) -> bool:
    slot = registration.occurrence
    return not registration.is_cancelled and not slot.is_called_off and not slot.is_over(now)


def _locked(participant_id, shown, mailbox) -> Participant:
    """The person and their place behind the new mailbox, in the order in which everybody locks people."""
    people = Participant.objects.filter(pk=participant_id, anonymised_at=None, email=shown)
    seen = people.first()
    if seen is None:
        raise ChangedMeanwhile
    if seen.mailbox == mailbox:
        raise SameMailbox
    unchanged = people.filter(name_key=seen.name_key).select_related("season", "named_by")
    if seen.mailbox < mailbox:
        person, is_free = unchanged.locked().first(), identification.reserve(seen, mailbox=mailbox)
    else:
        is_free, person = identification.reserve(seen, mailbox=mailbox), unchanged.locked().first()
    if person is None:
        raise ChangedMeanwhile
    if not is_free:
        raise AddressTaken
    return person


def _require_alone(person):
    """Their mails have each other's links, and tell of each other."""
    is_named_here = person.named_by is not None and person.named_by.mailbox == person.mailbox
    if is_named_here or person.named.filter(mailbox=person.mailbox).exists():
        raise MailboxShared


def require_no_change(registrations, now):
    """Raises ChangeWaits. Nobody could take back what a mail says of a change or a move that still may be."""
    mails = Message.objects.filter(registration__in=registrations).revocable().untouched()
    is_being_prepared = any(each.is_being_prepared for each in registrations)
    until = mails.filter(due_at__gt=now).aggregate(latest=Max("due_at"))["latest"]
    if is_being_prepared or until:
        raise ChangeWaits(until)


def _move(person, email):
    person.email, person.mailbox = email, fold_address(email)
    person.search_text = search.text_of(name=person.name, email=email, organisation=person.organisation)
    person.key, person.feed_key, person.stop_key = new_key(), new_key(), new_key()
    person.page_opened_at = None
    person.save(update_fields=["email", "mailbox", "search_text", "page_opened_at", "key", "feed_key", "stop_key"])


def _move_invitations(invitations, person):
    """Those that brought the person in: they accept them again after cancelling."""
    for invitation in invitations:
        invitation.email, invitation.mailbox, invitation.key = person.email, person.mailbox, new_key()
    try:
        with transaction.atomic():
            Invitation.objects.bulk_update(invitations, ["email", "mailbox", "key"])
    except IntegrityError:
        raise AddressTaken from None


def _is_last(person) -> bool:
    return not Participant.objects.behind(person.mailbox).exclude(pk=person.pk).exists()


def _renew(registrations, person, now) -> list[Registration]:
    """Other keys for all of them, another calendar entry for those to come, which are returned."""
    coming = [each for each in registrations if _is_to_come(each, now)]
    for registration in registrations:
        registration.participant = person
        registration.join_key = new_key()
        registration.uid, registration.entry_was_mailed, registration.told_parts = new_uid(), False, ()
    for registration in coming:
        registration.entry_was_mailed = registration.is_confirmed and person.wants_entries
        # The Message-ID has it, and the mail that leaves says all that one of a change would have said.
        registration.sequence += 1
        registration.revised_at, registration.unprepared_since = now, None
    fields = ["join_key", "uid", "entry_was_mailed", "told_parts", "sequence", "revised_at", "unprepared_since"]
    Registration.objects.bulk_update(registrations, fields)
    return coming


def _lock_mails(person, invitations, subscribers) -> list[Message]:
    """Those that can still leave, or be sent again."""
    theirs = Q(participant=person) | Q(invitation__in=invitations) | Q(subscriber__in=subscribers)
    Status = Message.Status
    can_leave = Message.objects.filter(theirs, status__in=[Status.QUEUED, Status.INCLUDED, Status.FAILED])
    return list(can_leave.defer("octets").locked())


def _lead_to_new_address(mails, person):
    """News that has not left, to be written anew with the new keys. All else is said by the mails of the sign-up."""
    waiting = [mail for mail in mails if mail.status != mail.Status.FAILED and not mail.may_have_left]
    to_go = {mail.pk for mail in waiting if mail.kind in NEWS}
    Message.objects.filter(pk__in=to_go).update(recipient=person.email, octets=b"")
    gone = {"status": Message.Status.DROPPED, "last_error": not_sent.ADDRESS_CORRECTED, "leased_until": None}
    Message.objects.filter(pk__in=[mail.pk for mail in mails if mail.pk not in to_go]).update(**gone)


def _forget_mailbox(mailbox):
    """Nobody is behind it any more: who reads it signs in to nothing."""
    accounts.forget([mailbox])
    Mailbox.objects.filter(address=mailbox).delete()


def _mails(person, coming, now) -> list[Message]:
    person.changed_by_staff = "address"
    if coming and person.confirmed_at is None:
        by = person.named_by.name if person.named_by else settings.ORGANIZER_NAME
        return [named(person, coming, by=by, now=now)]
    return notices.confirmation(person, coming, now=now) if coming else [new_link(person, now=now)]
