"""Another database for the thread of the test, with another server behind it or none; and what PostgreSQL knows."""

from contextlib import contextmanager

from django.db import connections

NOBODY = {"HOST": "127.0.0.1", "PORT": "9"}


@contextmanager
def asking(django_db_blocker, **where):
    """The ORM of this thread asks the server at `where`, with keys of DATABASES; for tests without django_db."""
    mine = connections["default"]
    other = mine.copy()
    other.settings_dict |= where
    connections["default"] = other
    try:
        with django_db_blocker.unblock():
            yield
    finally:
        other.close()
        connections["default"] = mine


def analyse(*models):
    """PostgreSQL counts the rows, as it does by itself within a minute.

    Until then it plans with what it counted between two tests, when there were none, and goes through all rows of one
    table for each of another: minutes for thousands.
    """
    with connections["default"].cursor() as cursor:
        for model in models:
            cursor.execute(f"ANALYZE {model._meta.db_table}")
