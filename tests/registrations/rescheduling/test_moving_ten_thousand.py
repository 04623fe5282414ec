"""A time slot with 10,000 people is moved within one request: as many statements as for a few, and no row a person."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import seed
from registrations.mail import batches
from registrations.models import Message, Registration
from registrations.rescheduling import changes
from tests.support.registrations.preparing import NOW, move, prepare

pytestmark = pytest.mark.django_db

PEOPLE = 10_000


def test_request_stores_no_row_a_person_and_the_worker_begins_with_a_batch(slot):
    seed.people(slot.session.season, PEOPLE, slots=[slot], tag="many-", at=NOW)

    with CaptureQueriesContext(connection) as queries:
        change = move(slot)

    assert len(queries) <= 25
    assert (change.people, Message.objects.count()) == (PEOPLE, 0)
    assert Registration.objects.filter(sequence=1, unprepared_since=1).count() == PEOPLE
    assert prepare(change, seconds=0)
    assert Message.objects.count() == batches.PEOPLE_A_BATCH


def test_taking_it_back_costs_no_more(slot):
    seed.people(slot.session.season, PEOPLE, slots=[slot], tag="many-", at=NOW)
    change = move(slot)
    prepare(change, seconds=0)

    with CaptureQueriesContext(connection) as queries:
        undone = changes.take_back(change_id=change.pk, now=NOW)

    assert len(queries) <= 40
    assert (undone.people, undone.messages.count()) == (0, 0)
