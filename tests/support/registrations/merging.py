"""Two people who turn out to be one, as the tests merge them."""

from datetime import timedelta

from registrations.corrections import merge_plan, merging
from registrations.models import Participant
from registrations.seats import counters
from sessions.models import Occurrence
from tests.factories import OccurrenceFactory
from tests.support.registrations.signing_up import NOW, register

KEPT, LOST = "amina@ministry.example", "amina@old.example"
LATER, LATEST = NOW + timedelta(hours=1), NOW + timedelta(hours=2)


def slots(number=1, **fields):
    first = OccurrenceFactory(**fields)
    return [first, *(OccurrenceFactory(session__season=first.session.season, **fields) for _ in range(number - 1))]


def person(email, *chosen, **more):
    waits_for = {slot.pk for slot in chosen}
    return register(*chosen, email=email, waits_for=waits_for, **more)[0].participant


def merge(kept, lost, details=(), shown="", now=LATER):
    kept, lost = (Participant.objects.get(pk=each.pk) for each in (kept, lost))
    plan = merge_plan.of(kept, lost, now=now)
    merging.merge(
        kept_id=kept.pk,
        lost_id=lost.pk,
        details_of_lost=details,
        shown=shown or plan.fingerprint,
        by=None,
        now=now,
    )
    assert not counters.wrong(Occurrence.objects.all()).exists()


def has(someone):
    return {(each.occurrence, each.status) for each in someone.registrations.active()}
