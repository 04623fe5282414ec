"""Stores for a mailbox what came back from it, and forgets it when a mail has arrived again."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from registrations.mail.bounces import envelope, statuses
from registrations.mail.bounces.statuses import Verdict
from registrations.models import Mailbox, Message
from registrations.people.identity import fold_address

# A mail that did not come back for so long has arrived: so long servers try (RFC 5321 4.5.4.1).
ARRIVED_AFTER = timedelta(days=5)


def came_back(report, *, now) -> bool:
    """Store what a Report says of a mail of ours; False if there is no such mail, or nobody knows any more whose."""
    message = _message(report)
    if message is None or not message.recipient:
        return False
    if report.came_back:
        Message.objects.sent().filter(pk=message.pk).update(came_back_at=now, last_error=report.words)
    record(fold_address(message.recipient), report.verdict, report.status, report.words, now=now)
    return True


def refused(message, words, *, now):
    """The mail server that we hand mails to has refused this one for good, with these words."""
    status = statuses.in_words(words)
    record(fold_address(message.recipient), statuses.verdict(status), status, words, now=now)


@transaction.atomic
def record(address, verdict, status, words, *, now):
    """Locks the mailbox. One that is bad stays so until a mail has arrived."""
    if verdict == Verdict.DELIVERED:
        Mailbox.objects.filter(address=address).delete()
        return
    facts = {"state": verdict.value, "last_status": status, "last_words": words, "last_at": now}
    Mailbox.objects.bulk_create([Mailbox(address=address, **facts)], ignore_conflicts=True)
    mailbox = Mailbox.objects.locked().get(address=address)
    is_given_up = verdict == Verdict.SOFT and mailbox.count_soft(now)
    is_bad = Mailbox.State.BAD in (mailbox.state, verdict) or is_given_up
    mailbox.state = Mailbox.State.BAD if is_bad else verdict.value
    mailbox.last_status, mailbox.last_words, mailbox.last_at = status, words, now
    mailbox.save()


def forget_healed(*, now) -> int:
    """Of mailboxes to which a mail left after the last failure, and did not come back since; returns how many."""
    healed = [mailbox.pk for mailbox in Mailbox.objects.filter(last_at__lt=now - ARRIVED_AFTER) if _took(mailbox, now)]
    deleted, _by_model = Mailbox.objects.filter(pk__in=healed).delete()
    return deleted


def _took(mailbox, now) -> bool:
    arrived = Message.objects.arrived(before=now - ARRIVED_AFTER)
    return arrived.filter(sent_at__gt=mailbox.last_at, recipient__iexact=mailbox.address).exists()


def _message(report) -> Message | None:
    """By the address that was made for it. Without BOUNCE_ADDRESS by the Message-ID, which others may know, too."""
    mails = Message.objects.defer("octets")
    if settings.BOUNCE_ADDRESS:
        return mails.filter(pk=envelope.message_behind(report.to)).first()
    return mails.filter(message_id=report.message_id).first() if report.message_id else None
