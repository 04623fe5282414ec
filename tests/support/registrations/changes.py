"""Changes of time slots with people, and mails that have come so far."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from registrations.models import Message
from registrations.rescheduling import changes
from tests.factories import OccurrenceFactory, RegistrationFactory

HOUR = timedelta(hours=1)


def page(name, *args):
    return reverse(f"admin:registrations_{name}", args=args)


def move(slot, hours=1, now=None):
    slot.refresh_from_db()
    times = {"starts_at": slot.starts_at + hours * HOUR, "ends_at": slot.ends_at + hours * HOUR}
    return changes.reschedule(occurrence_id=slot.pk, now=now or timezone.now(), **times)


def slot_with_people(number=2):
    slot = OccurrenceFactory()
    RegistrationFactory.create_batch(number, occurrence=slot)
    return slot


def set_states(change, **numbers):
    """Set the mails of the change to these states, in their order, as if the worker had come so far."""
    states = [state for state, number in numbers.items() for _mail in range(number)]
    for mail, state in zip(change.messages.order_by("pk"), states, strict=True):
        Message.objects.filter(pk=mail.pk).update(status=state, attempts=0 if state == "queued" else 1)
