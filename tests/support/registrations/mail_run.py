"""The worker's part in a test: everything that waits is composed and sent now."""

from django.utils import timezone

from registrations.mail import delivery
from registrations.models import Message


def send_waiting_mails():
    """Send what is queued, its waiting time over, and return the mails that have left so far, the oldest first.

    Again as long as some leave: those about a registration wait for those about the one before it, and entries of parts
    follow the mail with the first.
    """
    left = []
    while (waiting := _waiting()) and waiting != left:
        left = waiting
        Message.objects.unsent().update(due_at=timezone.now(), leased_until=None)
        delivery.deliver(waiting)
    return list(Message.objects.filter(sent_at__isnull=False).order_by("pk"))


def _waiting() -> list[int]:
    return list(Message.objects.unsent().order_by("pk").values_list("pk", flat=True))


def deliver(*messages):
    delivery.deliver([message.pk for message in messages])
    return [Message.objects.get(pk=message.pk) for message in messages]
