"""Stores for a mailbox what came back from it, and forgets it when a mail has arrived again."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from registrations.mail.bounces import envelope, statuses
from registrations.mail.bounces.statuses import Verdict
from registrations.models import Mailbox, Message, Participant
from registrations.people.identity import fold_address

# A mail that did not come back for so long has arrived: so long servers try (RFC 5321 4.5.4.1).
ARRIVED_AFTER = timedelta(days=5)
# What is worse comes later: it stays, with its words, whatever is said after it.
BY_SEVERITY = [Verdict.SOFT, Verdict.UNREAD, Verdict.REFUSED, Verdict.BAD]


def came_back(report, *, now) -> bool:
    """Store what a Report says of a mail of ours; False if there is no such mail, or nobody knows any more whose."""
    message = _message(report)
    if message is None or not message.recipient or _is_of_erased_person(message) or _went_elsewhere(message):
        return False
    sent = Message.objects.sent().filter(pk=message.pk)
    if report.came_back:
        sent.update(came_back_at=now, last_error=report.words)
    elif report.verdict == Verdict.DELIVERED:
        sent.update(came_back_at=None, last_error="")
    record(fold_address(message.recipient), report.verdict, report.status, report.words, now=now)
    return True


def _went_elsewhere(message) -> bool:
    """Whether the person has another address now: who reads the old mailbox says nothing of them any more."""
    person = message.participant
    return person is not None and person.mailbox != fold_address(message.recipient)


def refused(message, words, *, now):
    """The mail server that we hand mails to has refused this one for good, with these words."""
    if _is_of_erased_person(message):
        return
    status = statuses.in_words(words)
    record(fold_address(message.recipient), statuses.verdict_of(status, words), status, words, now=now)


@transaction.atomic
def record(address, verdict, status, words, *, now):
    """Locks the mailbox. It keeps the worst that was said of it until a mail has arrived."""
    if verdict == Verdict.DELIVERED:
        Mailbox.objects.filter(address=address).delete()
        return
    mailbox = _stored(address, verdict, now)
    if verdict == Verdict.SOFT and mailbox.count_soft(now):
        verdict = Verdict.BAD
    if BY_SEVERITY.index(verdict) >= BY_SEVERITY.index(mailbox.state):
        mailbox.state, mailbox.last_status, mailbox.last_words = verdict.value, status, words
    mailbox.save(update_fields=["state", "last_status", "last_words", "soft_failures"])


def _stored(address, verdict, now) -> Mailbox:
    """With its failure at this moment, which nobody has settled, and locked."""
    # Stored, or found and locked, in one statement: between two statements it might be deleted.
    new = Mailbox(address=address, state=verdict.value, last_at=now)
    Mailbox.objects.bulk_create(
        [new], update_conflicts=True, unique_fields=["address"], update_fields=["last_at", "settled_at"]
    )
    return Mailbox.objects.locked().get(address=address)


def forget_healed(*, now) -> int:
    """Of mailboxes to which a mail left after the last failure, and did not come back since; returns how many."""
    old = Mailbox.objects.filter(last_at__lt=now - ARRIVED_AFTER)
    return sum(_forget(mailbox) for mailbox in old if _took(mailbox, now))


def _forget(mailbox) -> int:
    """In one statement, and not where a mail has come back meanwhile."""
    deleted, _by_model = Mailbox.objects.filter(pk=mailbox.pk, last_at=mailbox.last_at).delete()
    return deleted


def _took(mailbox, now) -> bool:
    arrived = Message.objects.leaving().arrived(before=now - ARRIVED_AFTER)
    return arrived.filter(sent_at__gt=mailbox.last_at, recipient__iexact=mailbox.address).exists()


def _is_of_erased_person(message) -> bool:
    """Their last mail still has their address when it leaves; nothing new is stored for it."""
    person = message.registration.participant_id if message.registration_id else message.participant_id
    return Participant.objects.filter(pk=person, anonymised_at__isnull=False).exists()


def _message(report) -> Message | None:
    """By the address that was made for it. Without BOUNCE_ADDRESS by the Message-ID, which others may know, too."""
    mails = Message.objects.leaving().defer("octets")
    if settings.BOUNCE_ADDRESS:
        return mails.filter(pk=envelope.message_behind(report.to)).first()
    return mails.filter(message_id=report.message_id).first() if report.message_id else None
