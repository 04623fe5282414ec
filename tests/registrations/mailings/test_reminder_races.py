"""Reminder tasks that run at once, and one killed in the middle, each over a PostgreSQL connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection, transaction

from registrations.mailings import reminders
from registrations.models import Message, ReminderRound
from tests.factories import MessageFactory, OccurrenceFactory, RegistrationFactory
from tests.support.races import race

pytestmark = pytest.mark.django_db(transaction=True)

STARTS_AT = datetime(2030, 10, 8, 7, 0, tzinfo=UTC)


@pytest.fixture
def slot():
    assert connection.vendor == "postgresql", "SQLite has no row locks"
    return OccurrenceFactory(starts_at=STARTS_AT)


def run(**before):
    return reminders.post_due(now=STARTS_AT - timedelta(**before))


def test_four_tasks_at_once_give_everyone_one_reminder(slot):
    people = RegistrationFactory.create_batch(20, occurrence=slot)

    posted = race(4, lambda _number: run(hours=24))

    assert sorted(posted) == [0, 0, 0, 20]
    assert Message.objects.filter(kind="reminder").count() == len(people)


def test_task_killed_in_the_middle_leaves_nothing_and_the_next_one_does_it_all(slot):
    registration, *_others = RegistrationFactory.create_batch(3, occurrence=slot)
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        # The task has stored its round, and waits for this row before it can store its mails.
        MessageFactory(dedupe_key=f"reminder:{registration.uid}:{STARTS_AT:%Y%m%dT%H%M%SZ}:24")
        task = pool.submit(run_and_hang_up, hours=24)
        end_the_session_that_waits(task)
        with pytest.raises(OperationalError):
            task.result(timeout=60)
        transaction.set_rollback(True)

    assert ReminderRound.objects.count() == 0
    assert run(hours=23) == 3


def run_and_hang_up(**before):
    try:
        return run(**before)
    finally:
        connection.close()


def end_the_session_that_waits(task):
    waiting = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with connection.cursor() as cursor:
        ended = []
        while not ended and not task.done():
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(f"SELECT pg_terminate_backend(pid) FROM ({waiting}) AS waiting")
            ended = cursor.fetchall()
