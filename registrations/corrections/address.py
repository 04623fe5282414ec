"""A person whose address was wrong, or is another one now, moves to another mailbox with all that they have."""

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from registrations import audit
from registrations.mail import notices, outbox
from registrations.mail.notices.delegations import named
from registrations.mail.notices.mailbox import new_link
from registrations.models import Mailbox, Message, Participant, Registration, new_key
from registrations.next_season import subscription
from registrations.people import accounts, identification
from registrations.people.identity import fold_address
from sessions.models import Occurrence, new_uid


class AddressTaken(Exception):
    """Somebody of this name is behind that mailbox already."""


class SameMailbox(Exception):
    """The person is behind that mailbox already."""


class ChangedMeanwhile(Exception):
    """The person has another address than the one shown, has erased their details, or signed up at this moment."""


@transaction.atomic
def correct(*, participant_id, shown, email, by, now) -> int:
    """Move the person who has the address `shown` to `email`; returns how many mails leave for it.

    Whoever reads the old mailbox hears nothing, and keys and calendar identifiers from mails to it open and change
    nothing any more: each registration has a new UID, as for somebody who never had an entry. Raises AddressTaken,
    SameMailbox or ChangedMeanwhile. Locks slots, the person and the new identity, then what belongs to them.
    """
    sessions = _lock_slots(participant_id)
    person = _locked(participant_id, shown, fold_address(email))
    old = person.mailbox
    _move(person, email)
    moved = subscription.move(old, person.mailbox) if _is_deserted(old) else []
    registrations = list(person.registrations.locked().select_related("occurrence", "session__season").order_by("pk"))
    if not sessions.issuperset(each.session_id for each in registrations if not each.is_cancelled):
        raise ChangedMeanwhile
    coming = _renew(registrations, person, now)
    _stop_mails_to_old_address(person, moved)
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


def _lock_slots(participant_id) -> set[int]:
    """Lock all slots of the person's sessions; which sessions these are."""
    sessions = set(Registration.objects.active().filter(participant=participant_id).values_list("session", flat=True))
    list(Occurrence.objects.filter(session__in=sessions).locked().values_list("pk"))
    return sessions


def _locked(participant_id, shown, mailbox) -> Participant:
    """The person and their place behind the new mailbox, in the order in which everybody locks people."""
    people = Participant.objects.filter(pk=participant_id, anonymised_at=None, email=shown).select_related("season")
    person = people.first()
    if person is None:
        raise ChangedMeanwhile
    if person.mailbox == mailbox:
        raise SameMailbox
    steps = [people.locked().first, lambda: identification.reserve(person, mailbox=mailbox)]
    done = [step() for step in (steps if person.mailbox < mailbox else reversed(steps))]
    if False in done:
        raise AddressTaken
    if None in done:
        raise ChangedMeanwhile
    return person


def _move(person, email):
    person.email, person.mailbox = email, fold_address(email)
    person.key, person.feed_key, person.stop_key = new_key(), new_key(), new_key()
    person.save(update_fields=["email", "mailbox", "key", "feed_key", "stop_key"])


def _is_deserted(mailbox) -> bool:
    return not Participant.objects.behind(mailbox).exists()


def _renew(registrations, person, now) -> list[Registration]:
    """Other keys for all of them, another calendar entry for those to come, which are returned."""
    coming = [each for each in registrations if _is_to_come(each, now)]
    for registration in registrations:
        registration.participant = person
        registration.join_key = new_key()
        registration.uid, registration.entry_was_mailed = new_uid(), False
    for registration in coming:
        registration.entry_was_mailed = registration.is_confirmed and person.wants_entries
        # The Message-ID has it, and the mail that leaves says all that one of a change would have said.
        registration.sequence += 1
        registration.revised_at, registration.unprepared_since = now, None
    fields = ["join_key", "uid", "entry_was_mailed", "sequence", "revised_at", "unprepared_since"]
    Registration.objects.bulk_update(registrations, fields)
    return coming


def _stop_mails_to_old_address(person, subscribers):
    """What is written already has keys that open nothing; what is yet to be written goes to the new address."""
    mails = Message.objects.filter(Q(participant=person) | Q(subscriber__in=subscribers))
    list(mails.locked().values_list("pk"))
    mails.filter(subscriber__in=subscribers).drop(_("The address was corrected."))
    own = Message.objects.filter(participant=person)
    own.untouched().filter(octets=b"").update(recipient=person.email)
    own.failed().update(status=Message.Status.DROPPED, last_error=_("The address was corrected."))


def _forget_mailbox(mailbox):
    """Who reads it signs in to nothing any more, if nobody else is behind it."""
    if _is_deserted(mailbox):
        accounts.forget([mailbox])
        Mailbox.objects.filter(address=mailbox).delete()


def _mails(person, coming, now) -> list[Message]:
    if coming and person.confirmed_at is None:
        by = person.named_by.name if person.named_by else settings.ORGANIZER_NAME
        return [named(person, coming, by=by, now=now)]
    return notices.confirmation(person, coming, now=now) if coming else [new_link(person, now=now)]
