"""Telling many people of a new time: the change itself, as in the request, and the mails that the worker prepares."""

import time
from datetime import timedelta

from django.utils import timezone

from bench import seed
from registrations.rescheduling import changes
from sessions.models import Occurrence, Season

DAYS = timedelta(days=3)


def measure(servers, *, people, tag, seconds=300) -> dict:
    """Milliseconds for each person; needs beat, since a task is queued for the first mails only."""
    slot = slot_with_people(people, tag)
    expected, before, started = servers.mails()[0] + people, servers.cpu("worker", "database"), time.time()
    own, of_database = time.process_time(), before["database"]
    changes.reschedule(
        occurrence_id=slot.pk, starts_at=slot.starts_at + DAYS, ends_at=slot.ends_at + DAYS, now=timezone.now()
    )
    own, change = time.process_time() - own, time.time() - started
    of_database = servers.cpu("database")["database"] - of_database
    ended, after = servers.wait_for_mails(expected, seconds=seconds), servers.cpu("worker", "database")
    used = own + sum(after.values()) - sum(before.values())
    return {
        "people": people,
        "change_seconds": change,
        "change_cpu_ms": 1000 * (own + of_database),
        "change_database_cpu_ms": 1000 * of_database,
        "seconds_until_last_mail": ended - started,
        "mails_a_second": people / (ended - started),
        "cpu_ms_a_person": 1000 * used / people,
        "worker_cpu_ms_a_person": 1000 * (after["worker"] - before["worker"]) / people,
    }


def slot_with_people(people, tag) -> Occurrence:
    season = Season.objects.get(slug=seed.COMING)
    [slot, *_] = list(seed.first_slots(season).values())
    copy = Occurrence.objects.create(
        session=slot.session,
        starts_at=slot.starts_at + timedelta(days=300 + Occurrence.objects.count()),
        ends_at=slot.ends_at + timedelta(days=300 + Occurrence.objects.count()),
        changed_at=timezone.now(),
        capacity=seed.PLACES,
    )
    seed.people(season, people, slots=[copy], tag=tag)
    return copy
