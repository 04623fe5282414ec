"""Somebody else who is faster, at the worst moment."""

from contextlib import contextmanager

from django.db import connection


@contextmanager
def just_before_the_lock(deed):
    """Do `deed` once when the first row is about to be locked, after every check that comes before."""
    waiting = [deed]

    def watch(execute, sql, params, many, context):
        if "FOR UPDATE" in sql and waiting:
            waiting.pop()()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield
    assert not waiting
