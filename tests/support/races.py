"""Somebody else who is faster, at the worst moment, and many people at the same moment."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

from django.db import connection

LOCKS = re.compile(r"FOR (NO KEY )?UPDATE")
WRITES = re.compile(r"^(INSERT|UPDATE|DELETE)")


def race(people, act):
    """What `act(number)` gave to each of so many people who start at the same moment, each over a connection of their
    own."""
    start = Barrier(people)

    def run(number):
        start.wait(timeout=60)
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(people) as pool:
        return list(pool.map(run, range(people)))


@contextmanager
def just_before_the_lock(action):
    """Do `action` once when the first row is about to be locked, after every check that comes before."""
    with _just_before(LOCKS, action):
        yield


@contextmanager
def just_before_the_first_write(action):
    """Do `action` once when the first row is about to be stored or changed; over a connection of its own."""
    with _just_before(WRITES, action):
        yield


@contextmanager
def _just_before(statement, action):
    waiting = [action]

    def watch(execute, sql, params, many, context):
        if statement.search(sql) and waiting:
            waiting.pop()()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield
    assert not waiting
