"""What can go wrong while mails leave, and somebody whose first mail has not left meanwhile."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from registrations.enrolment import enrolment
from registrations.mail import composing, delivery, ordering
from registrations.models import Message, Registration
from registrations.rescheduling import changes
from tests.support.calendar_stores import STORES

HOUR = timedelta(hours=1)
GREYLISTED = "451 4.7.1 greylisted"


def in_days(days):
    return timezone.now().replace(microsecond=0) + timedelta(days=days)


@dataclass
class Person:
    """Somebody in the first of two slots, whose first mail has not left."""

    registration: Registration
    other_slot: object

    @property
    def slot(self):
        return self.registration.occurrence

    def cancels(self):
        enrolment.cancel(registration_id=self.registration.pk, now=timezone.now())

    def changes_slot(self):
        ids = {"registration_id": self.registration.pk, "occurrence_id": self.other_slot.pk}
        enrolment.change_occurrence(now=timezone.now(), **ids)

    def is_called_off(self):
        slot = Registration.objects.get(pk=self.registration.pk).occurrence
        changes.call_off(occurrence_id=slot.pk, now=timezone.now())

    def is_moved(self):
        times = {"starts_at": self.slot.starts_at + HOUR, "ends_at": self.slot.ends_at + HOUR}
        changes.reschedule(occurrence_id=self.slot.pk, now=timezone.now(), **times)


def relay():
    """The periodic task that sends what is due."""
    delivery.deliver_due(batch=100, seconds=3)


def all_is_due():
    past = timezone.now() - timedelta(seconds=1)
    Message.objects.unsent().filter(due_at__gt=past).update(due_at=past)


def everything_leaves():
    """Whatever waits for its time or for a retry has it now, again and again."""
    for _ in range(12):
        if not Message.objects.unsent().exists():
            return
        all_is_due()
        relay()
    raise AssertionError("mails that never leave")


def refuse_at_first(smtp_server):
    smtp_server.answer_recipient = lambda address: GREYLISTED
    relay()
    smtp_server.answer_recipient = lambda address: None


def cut_at_first(smtp_server):
    smtp_server.is_cut = lambda mail: True
    relay()
    smtp_server.is_cut = lambda mail: False


def away_at_first(smtp_server):
    smtp_server.stop()
    relay()
    smtp_server.start_again()


def killed_at_first(_smtp_server):
    """The worker dies with the mails in its hands."""
    pks = list(Message.objects.unsent().values_list("pk", flat=True))
    mails = ordering.claim(pks, now=timezone.now(), lease=timedelta(seconds=50))
    composing.prepare_all(mails, now=timezone.now())
    Message.objects.unsent().update(leased_until=timezone.now())


def untried(_smtp_server):
    """Nobody has tried to send it."""


TROUBLES = [untried, refuse_at_first, cut_at_first, away_at_first, killed_at_first]


def live_entries(smtp_server):
    """By store, of mails that have come or may have come before the connection broke."""
    found = []
    for store in (kind() for kind in STORES):
        store.receive(*in_order(smtp_server))
        found.append(store.entries)
    return found


def in_order(smtp_server):
    return [*smtp_server.cut, *smtp_server.mails]
