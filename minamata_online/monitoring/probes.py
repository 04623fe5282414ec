"""Questions to the database and the broker: does it answer, can it be written, and how much waits in it?"""

import logging
import math
import time
from dataclasses import dataclass
from datetime import timedelta

import redis
from celery import current_app
from django.conf import settings
from django.db import Error, connection, transaction
from django.utils import timezone
from redis.backoff import NoBackoff
from redis.retry import Retry

from minamata_online.monitoring.timeouts import Asker, NoAnswer
from registrations import last_runs
from registrations.mail import health

log = logging.getLogger(__name__)

# Together less than 3 seconds.
DATABASE_SECONDS, BROKER_SECONDS = 1.8, 1
# For each answer of the broker: one that is frozen has a name for it.
BROKER_SECONDS_AN_ANSWER = 0.4
PROBE = "minamata-probe"
# A row can be changed in its page while there is no room for another page. This writes 150 kB to the disk that the
# database is on, because it may not use more memory than that, and leaves nothing behind.
LITTLE_MEMORY = "SET LOCAL work_mem = '64kB'"
NEEDS_ROOM = "SELECT count(*) FROM generate_series(1, 10000)"
# So often at most, in each process: whoever asks again and again has it written once.
ROOM_SECONDS = 1


@dataclass(frozen=True)
class Database:
    """`problem` is empty when it answers and can be written; without an answer there are no reports."""

    problem: str
    mail: health.Report | None = None
    runs: last_runs.Report | None = None
    queued: int | None = None
    clock_difference: timedelta | None = None
    to_come: dict[str, int] | None = None


@dataclass(frozen=True)
class Broker:
    problem: str
    waiting: int | None = None
    unacknowledged: int | None = None


def database() -> Database:
    """Answered within DATABASE_SECONDS, also when it is frozen."""
    return _answer_of("database", _database_asker, DATABASE_SECONDS, without_answer=Database)


def broker() -> Broker:
    """Answered within BROKER_SECONDS, also when it is slow, or nobody says which address its name has."""
    return _answer_of("broker", _broker_asker, BROKER_SECONDS, without_answer=Broker)


def _answer_of(part, asker, seconds, *, without_answer):
    try:
        return asker.ask(seconds=seconds)
    except NoAnswer:
        return without_answer("no answer")
    except Exception as error:
        # Whatever it is, the watcher wants to hear of it, and the reason may hold an address of the network.
        log.error("the %s cannot be asked: %s", part, type(error).__name__)
        return without_answer(type(error).__name__)


def _read_database() -> Database:
    now = timezone.now()
    return Database(
        _problem_of_writing(),
        health.report(now),
        last_runs.report(now),
        health.due(now),
        _clock_difference(),
        health.registrations_to_come(now),
    )


def _problem_of_writing() -> str:
    try:
        last_runs.record(PROBE)
        _room.require()
    except Error as error:
        if not connection.is_usable():
            raise
        return f"cannot be written, {type(error.__cause__ or error).__name__}"
    return ""


def _clock_difference() -> timedelta:
    """From that of the database to this machine's; SQLite has no other one. The time of the answer counts, too."""
    if connection.vendor != "postgresql":
        return timedelta(0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        [of_database] = cursor.fetchone()
    return abs(timezone.now() - of_database)


class Room:
    """Whether the disk of the database has room; that it has is known for ROOM_SECONDS."""

    def __init__(self, clock=time.monotonic):
        self._clock, self._known_until = clock, -math.inf

    def require(self):
        """For SQLite the row is enough: each change is added to its log."""
        if connection.vendor != "postgresql" or self._clock() < self._known_until:
            return
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(LITTLE_MEMORY)
            cursor.execute(NEEDS_ROOM)
        self._known_until = self._clock() + ROOM_SECONDS


def _ask_broker() -> Broker:
    timeouts = dict.fromkeys(["socket_connect_timeout", "socket_timeout"], BROKER_SECONDS_AN_ANSWER)
    try:
        with redis.from_url(settings.CELERY_BROKER_URL, retry=Retry(NoBackoff(), 0), **timeouts) as client:
            waiting, unacknowledged = client.llen(current_app.conf.task_default_queue), client.hlen("unacked")
            return Broker(_problem_of_writing_to(client), waiting, unacknowledged)
    except redis.RedisError as error:
        return Broker(type(error).__name__)


def _problem_of_writing_to(client) -> str:
    try:
        client.set(PROBE, "", ex=60)
    except redis.ResponseError as error:
        return f"cannot be written, {type(error).__name__}"
    return ""


_room = Room()
_database_asker, _broker_asker = Asker(_read_database), Asker(_ask_broker)
