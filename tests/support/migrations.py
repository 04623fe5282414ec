"""As if a newer or an older version had been at the database of the tests; undone when the block is over."""

from contextlib import contextmanager

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

NEWER = ("registrations", "9999_of_a_newer_version")


@contextmanager
def newer_tables(app=NEWER[0]):
    MigrationRecorder(connection).record_applied(app, NEWER[1])
    try:
        yield
    finally:
        MigrationRecorder(connection).record_unapplied(app, NEWER[1])


@contextmanager
def older_tables():
    """The last migration of the programme is not noted; its name."""
    name = max(name for app, name in MigrationRecorder(connection).applied_migrations() if app == "online_sessions")
    MigrationRecorder(connection).record_unapplied("online_sessions", name)
    try:
        yield f"online_sessions.{name}"
    finally:
        MigrationRecorder(connection).record_applied("online_sessions", name)


@contextmanager
def dropped_migration():
    """One that is noted from long ago: a squashed one has its place, and its file was deleted."""
    noted = MigrationRecorder(connection).Migration.objects
    first = noted.order_by("pk").first()
    long_ago = noted.create(pk=first.pk - 1, app=NEWER[0], name="0000_of_an_older_version")
    try:
        yield
    finally:
        long_ago.delete()
