"""The SQLite database that is moved: nobody else has it open meanwhile, and nothing writes to it."""

import fcntl
from contextlib import contextmanager
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction

from minamata_online.moving.exceptions import CannotMove

ALIAS = "moved_from"
# Held by script/server, beside its database, for as long as any of its processes lives.
LOCK = "server.lock"
BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")
IS_OPEN = "{path} is in use: stop script/server, or web, worker and beat, first. Nothing was changed."
CANNOT_BE_READ = "{path} cannot be moved: {reason}. Nothing was changed."


@contextmanager
def opened(settings):
    """The connection, ALIAS of `connections`, with these settings of DATABASES. Raises CannotMove."""
    path = Path(settings["NAME"])
    if not path.is_file():
        raise CannotMove(f"{path} does not exist.")
    with _server_stopped(path), _connection(settings) as connection:
        _take_alone(connection, path)
        with transaction.atomic(using=ALIAS):
            yield connection


@contextmanager
def _server_stopped(path):
    """Neither is it started meanwhile."""
    lock = path.with_name(LOCK)
    if not lock.exists():
        yield
        return
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotMove(IS_OPEN.format(path=path)) from None
        yield


@contextmanager
def _connection(settings):
    options = {"timeout": 2, "init_command": "PRAGMA locking_mode=EXCLUSIVE;"}
    given = {DEFAULT_DB_ALIAS: {}, ALIAS: settings | {"OPTIONS": options}}
    connections.databases[ALIAS] = connections.configure_settings(given)[ALIAS]
    try:
        yield connections[ALIAS]
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.databases[ALIAS]


def _take_alone(connection, path):
    """The lock stays until the connection is closed (SQLite's locking_mode)."""
    try:
        with connection.cursor() as cursor:
            for statement in ("BEGIN IMMEDIATE", "ROLLBACK", "PRAGMA query_only = ON"):
                cursor.execute(statement)
    except DatabaseError as error:
        is_open = error.__cause__.sqlite_errorname.startswith(BUSY)
        words = IS_OPEN if is_open else CANNOT_BE_READ
        raise CannotMove(words.format(path=path, reason=error)) from None
