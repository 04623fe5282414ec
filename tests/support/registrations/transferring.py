"""Staff who move people to another time slot and take that back, as the tests do it."""

from registrations.models import Message
from registrations.transfers import moving, outlook, taking_back
from sessions.models import Occurrence
from tests.factories import OccurrenceFactory
from tests.support.registrations.signing_up import NOW, register


def two_slots(first=None, second=None):
    slot = OccurrenceFactory(capacity=first)
    return slot, OccurrenceFactory(session=slot.session, capacity=second)


def sign_up(slot, *names):
    return [register(slot, name=name, email=f"{name.lower()}@example.org", waits_for={slot.pk})[0] for name in names]


def read(slot):
    return Occurrence.objects.select_related("session__season").get(pk=slot.pk)


def plan(registrations, target, now=NOW):
    return moving.plan([each.pk for each in registrations], read(target), now=now)


def move(registrations, target, shown=None, by=None, now=NOW):
    """Those who were just looked at."""
    return moving.move(
        registration_ids=[each.pk for each in registrations],
        occurrence_id=target.pk,
        shown=shown or plan(registrations, target, now).fingerprint,
        by=by,
        now=now,
    )


def take_back(transfer, shown=None, by=None, now=NOW):
    """What was just looked at."""
    shown = shown or outlook.of(transfer, now=now).fingerprint
    return taking_back.take_back(transfer_id=transfer.pk, shown=shown, by=by, now=now)


def state(*slots):
    """Names in each slot, with its numbers."""
    found = []
    for slot in map(read, slots):
        people = slot.registrations.active().order_by("participant__name").select_related("participant")
        found.append(([(each.participant.name, each.status) for each in people], slot.taken, slot.waiting))
    return found


def kinds_to(*registrations):
    """Of the mails that have left for each."""
    return [
        list(Message.objects.sent().filter(registration=each).order_by("pk").values_list("kind", flat=True))
        for each in registrations
    ]
