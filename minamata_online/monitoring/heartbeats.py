"""Celery beat and workers leave a time in the database, which shows that they live.

Every process of Celery imports it (CELERY_IMPORTS), as soon as Django is set up.
"""

import logging
import math
import os
import time
from functools import partial
from threading import Lock, Thread

from celery.signals import heartbeat_sent, worker_shutdown
from django.db import Error, connection

from minamata_online.monitoring.timeouts import Asker, NoAnswer
from registrations import last_runs

log = logging.getLogger(__name__)

EVERY_SECONDS, SECONDS_FOR_GOODBYE = 10, 2


class Heartbeat:
    """Calls `record`, at most once in EVERY_SECONDS and in a thread of its own: a frozen database holds up nobody."""

    def __init__(self, record):
        self._record = record
        self._is_writing = Lock()
        self._next_at = 0.0

    def beat(self):
        if time.monotonic() < self._next_at or not self._is_writing.acquire(blocking=False):
            return
        self._next_at = time.monotonic() + EVERY_SECONDS
        try:
            Thread(target=self._write, daemon=True).start()
        except RuntimeError as error:
            self._is_writing.release()
            log.warning("the heartbeat was not stored: %s", error)

    def end(self):
        """After this nothing is recorded any more."""
        self._next_at = math.inf
        self._is_writing.acquire(timeout=SECONDS_FOR_GOODBYE)

    def _write(self):
        try:
            self._record()
        except Error as error:
            log.warning("the heartbeat was not stored: %s", type(error).__name__)
        finally:
            connection.close()
            self._is_writing.release()


def name_of(eventer) -> str:
    """With the process, since two workers of one machine may have one name."""
    return f"{eventer.hostname} {os.getpid()}"


_of_worker: dict[str, Heartbeat] = {}


@heartbeat_sent.connect
def beat_for_worker(sender, **_):
    """Celery's own heartbeat is sent every 2 seconds, as long as the worker has its broker."""
    name = name_of(sender.eventer)
    heartbeat = _of_worker.setdefault(name, Heartbeat(lambda: last_runs.record_worker(name)))
    heartbeat.beat()


@worker_shutdown.connect
def say_goodbye(**_):
    for name, heartbeat in _of_worker.items():
        heartbeat.end()
        try:
            Asker(partial(last_runs.forget_worker, name)).ask(seconds=SECONDS_FOR_GOODBYE)
        except (NoAnswer, Error) as error:
            log.warning("the worker could not be taken off the list: %s", type(error).__name__)
