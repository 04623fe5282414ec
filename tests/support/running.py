"""As if beat, a worker and all periodic tasks had just run, or had not for a while; backups are not ours."""

from datetime import timedelta

import psycopg2
from django.utils import timezone

from registrations import last_runs
from registrations.models import LastRun

WORKER = f"{last_runs.WORKER} celery@here 7"
EVERYTHING = [last_runs.BEAT, WORKER, *(name for name in last_runs.LATE_AFTER if name != last_runs.BACKUP)]


def everything_ran(*, at=None):
    for name in EVERYTHING:
        LastRun.objects.record(name, at=at or timezone.now())


def ran(name, *, ago=timedelta(0)):
    LastRun.objects.record(name, at=timezone.now() - ago)


def everything_ran_in(database):
    """The same by SQL, for a database that another process asks."""
    with psycopg2.connect(database) as connection, connection.cursor() as cursor:
        cursor.execute("DELETE FROM registrations_lastrun")
        cursor.executemany("INSERT INTO registrations_lastrun VALUES (%s, now())", [[name] for name in EVERYTHING])
    connection.close()
