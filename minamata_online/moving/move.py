"""Moves a database: all of it, in one transaction of the target, or nothing."""

from django.db import DatabaseError, connection, transaction

from minamata_online import table_version
from minamata_online.moving import source, tables
from minamata_online.moving.exceptions import CannotMove

NO_TABLES_OF_THIS_VERSION = "The tables of {whose} are not of this version: run `manage.py migrate` there first."


def move(settings, *, say):
    """From SQLite with these settings of DATABASES to DATABASE_URL; says a line for each table. Raises CannotMove."""
    if connection.vendor != "postgresql":
        raise CannotMove("DATABASE_URL must name the PostgreSQL database to move to.")
    with source.opened(settings) as moved_from:
        _require_tables_of_this_version(moved_from, "the source")
        _require_tables_of_this_version(connection, "DATABASE_URL")
        with transaction.atomic():
            _move(moved_from, say)


def _require_tables_of_this_version(database, whose):
    if table_version.difference(database) != table_version.Difference([], []):
        raise CannotMove(NO_TABLES_OF_THIS_VERSION.format(whose=whose))


def _move(moved_from, say):
    tables.require_empty()
    tables.drop_replaced()
    read = {model: tables.copy(model) for model in tables.moved()}
    _require_whole_references()
    for model, tally in read.items():
        if tables.stored(model) != tally:
            raise CannotMove(f"{model._meta.db_table} is not the same in both databases.")
        say(f"{tally.rows:>8} {model._meta.db_table}")
    # Last: PostgreSQL does not take it back.
    tables.continue_numbers(moved_from)


def _require_whole_references():
    try:
        connection.check_constraints()
    except DatabaseError as error:
        raise CannotMove(f"A row refers to one that is missing: {error.__cause__.diag.message_primary}.") from None
