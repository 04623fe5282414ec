"""Reminder tasks that run at once, and one killed in the middle, each over a PostgreSQL connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection, transaction

from registrations.mailings import reminders
from registrations.models import Message, ReminderRound
from registrations.rescheduling import changes
from tests.factories import MessageFactory, OccurrenceFactory, ParticipantFactory, RegistrationFactory
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


def test_four_tasks_at_once_tell_of_two_sessions_of_a_day_in_one_mail(slot):
    """Both are due at the same moment, so that two tasks may begin with either of them."""
    other = OccurrenceFactory(starts_at=STARTS_AT, session__season=slot.session.season)
    people = ParticipantFactory.create_batch(10, season=slot.session.season)
    for person in people:
        for each in (slot, other):
            RegistrationFactory(participant=person, occurrence=each)
    RegistrationFactory.create_batch(5, occurrence=other)

    posted = race(4, lambda _number: run(hours=24))

    assert sum(posted) == 15
    mails = Message.objects.filter(status="queued")
    assert sorted(mails.values_list("kind", flat=True)) == ["reminder"] * 5 + ["reminders"] * 10
    assert Message.objects.filter(status="included").count() == 20


def test_task_killed_before_the_mails_of_several_are_stored_leaves_nothing_and_the_next_one_does_it_all(slot):
    other = OccurrenceFactory(starts_at=STARTS_AT + timedelta(hours=3), session__season=slot.session.season)
    person = ParticipantFactory(season=slot.session.season)
    registration, _second = [RegistrationFactory(participant=person, occurrence=each) for each in (slot, other)]
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        # The task has stored its round and the mail, and waits for this row before it can store what is in the mail.
        MessageFactory(dedupe_key=f"reminder:{registration.uid}:{STARTS_AT:%Y%m%dT%H%M%SZ}:24")
        task = pool.submit(run_and_hang_up, hours=24)
        end_the_session_that_waits(task)
        with pytest.raises(OperationalError):
            task.result(timeout=60)
        transaction.set_rollback(True)

    assert (ReminderRound.objects.count(), Message.objects.count()) == (0, 0)
    assert (run(hours=23), run(hours=21)) == (1, 0)


def test_slot_that_moves_while_the_task_waits_for_it_is_not_reminded_of_its_old_time(slot):
    RegistrationFactory(occurrence=slot)
    moved_to = STARTS_AT + timedelta(days=7)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            times = {"starts_at": moved_to, "ends_at": moved_to + timedelta(hours=1)}
            changes.reschedule(occurrence_id=slot.pk, now=STARTS_AT - timedelta(hours=24), **times)
            task = pool.submit(run_and_hang_up, hours=24)
            wait_for_lock(task)
        assert task.result(timeout=60) == 0

    assert ReminderRound.objects.count() == 0


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
    _look_for_waiting(task, "pg_terminate_backend(pid)")


def wait_for_lock(task):
    _look_for_waiting(task, "pid")


def _look_for_waiting(task, act):
    waiting = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with connection.cursor() as cursor:
        found = []
        while not found and not task.done():
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(f"SELECT {act} FROM ({waiting}) AS waiting")
            found = cursor.fetchall()
