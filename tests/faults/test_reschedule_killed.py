"""Three batches of people are told of a new time while a process dies: each hears of the last state, once."""

from collections import Counter
from datetime import timedelta
from threading import Event

import pytest
from django.db import transaction
from django.utils import timezone

from registrations.mail import batches
from registrations.models import Registration
from registrations.rescheduling import changes, preparing
from tests.faults.crowd import slot_with_people
from tests.faults.waiting import somebody_waits_for_a_lock, wait_until

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]

SENT_BEFORE_THE_KILL, WORKER_PROCESSES = 200, 2
BATCH = batches.PEOPLE_A_BATCH
PEOPLE = 2 * BATCH + 100
SHORT_LEASE = {"MAIL_LEASE_SECONDS": "5", "EMAIL_TIMEOUT": "4"}
HOUR = timedelta(hours=1)


def test_each_person_hears_of_the_last_state_once(start_celery, smtp_server, settings):
    # Given people in a slot, and a mail server that stops in the middle until the worker is dead
    settings.RECALL_MINUTES = 0
    slot = slot_with_people(PEOPLE)
    held, dead = Event(), Event()
    smtp_server.answer_mail = lambda mail: hold(held, dead) if len(smtp_server.mails) >= SENT_BEFORE_THE_KILL else None
    worker, _clock = start_celery("worker", **SHORT_LEASE), start_celery("beat")

    # When the slot is moved, the worker killed with mails in its hands, the slot moved again, and the worker started
    first = move(slot)
    assert held.wait(60)
    worker.kill()
    second = move(slot)
    dead.set()
    worker.start()

    # Then everybody hears of the last time, and of the one before only who was told while it was so
    wait_until(lambda: not preparing.unprepared())
    ids = set(second.messages.values_list("message_id", flat=True))
    assert len(ids) == PEOPLE
    counts = Counter(received(smtp_server, until=lambda seen: ids <= seen))
    assert sum(counts[mail] - 1 for mail in ids) <= WORKER_PROCESSES
    assert len(counts) - PEOPLE <= SENT_BEFORE_THE_KILL + WORKER_PROCESSES
    assert not first.messages.unsent().exists()


def test_worker_killed_while_it_prepares_mails_leaves_each_person_one(start_celery, smtp_server, settings):
    # Given a worker that has prepared two batches, and is held up in the middle of the third
    settings.RECALL_MINUTES = 0
    slot = slot_with_people(PEOPLE)
    change = move(slot)
    of_third_batch = slot.registrations.order_by("pk").values_list("pk", flat=True)[2 * BATCH + 10]
    with transaction.atomic():
        held_up = Registration.objects.locked().get(pk=of_third_batch)
        # On a busy machine the third batch may be one that beat has the worker go on with.
        worker, _clock = start_celery("worker", **SHORT_LEASE), start_celery("beat")
        wait_until(lambda: change.messages.count() == 2 * BATCH)
        wait_until(somebody_waits_for_a_lock)

        # When it is killed, and another one comes
        worker.kill()
        assert held_up.unprepared_since == change.sequence
    worker.start()

    # Then each person has one row and one mail
    wait_until(lambda: not preparing.unprepared())
    people = set(slot.registrations.values_list("pk", flat=True))
    assert Counter(change.messages.values_list("registration", flat=True)) == dict.fromkeys(people, 1)
    addresses = set(change.messages.values_list("recipient", flat=True))
    smtp_server.wait_until(lambda mails: {mail.rcpt_tos[0] for mail in mails} >= addresses, timeout=240)
    assert len(smtp_server.mails) - PEOPLE <= WORKER_PROCESSES


def move(slot):
    slot.refresh_from_db()
    times = {"starts_at": slot.starts_at + HOUR, "ends_at": slot.ends_at + HOUR}
    return changes.reschedule(occurrence_id=slot.pk, now=timezone.now(), **times)


def hold(held, dead):
    held.set()
    dead.wait(30)


def received(smtp_server, *, until):
    """The Message-IDs that came, as soon as `until(set of them)`; each mail is parsed once."""
    ids = []

    def enough(mails):
        ids.extend(mail.message["Message-ID"] for mail in mails[len(ids) :])
        return until(set(ids))

    smtp_server.wait_until(enough, timeout=240)
    return ids
