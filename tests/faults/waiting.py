"""Waiting for what a process does in its own time, and having it wait for the test."""

import time

from django.db import connection


def wait_until(holds, seconds=60):
    """Asks `holds()` again and again; what it must become is in its name or beside the call."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"not so after {seconds} s"
        time.sleep(0.005)


def hold(held, may_go):
    """Called in a thread of the mail server: says that somebody waits there, and lets them wait for the test."""
    held.set()
    may_go.wait(60)


def somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        # Else a transaction sees what was so when it asked first.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return cursor.fetchone()[0] > 0
