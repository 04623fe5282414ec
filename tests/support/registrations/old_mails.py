"""Mails that left, or did not, so many days ago, and which of them still have their text."""

from datetime import timedelta

from registrations.models import Message
from tests.factories import MessageFactory
from tests.support.registrations.signing_up import NOW


def mail(status, days, *, queued_days=None, **more):
    """Sent, or for those that never left queued, so many days ago."""
    queued_at = NOW - timedelta(days=queued_days or days)
    sent_at = NOW - timedelta(days=days) if status == "sent" else None
    return MessageFactory(
        status=status, queued_at=queued_at, sent_at=sent_at, last_error="550 amina@example.net", **more
    )


def texts():
    return {
        mail.pk for mail in Message.objects.all() if mail.octets or mail.recipient or mail.subject or mail.last_error
    }
