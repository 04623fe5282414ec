"""The tables that are moved, and how the rows of one come into the other database."""

from itertools import islice

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection

from minamata_online.moving.exceptions import CannotMove
from minamata_online.moving.source import ALIAS
from minamata_online.moving.tallies import Tally

# A mail with its files may have some megabytes.
BATCH = 100
# `migrate`, the groups of staff and whatever has run fill these; the rows of the source take the place of theirs.
REPLACED = [
    "auth.Group",
    "auth.Permission",
    "contenttypes.ContentType",
    "online_sessions.PageText",
    "registrations.LastRun",
]


def moved() -> list:
    """The models of all tables, those between two models included."""
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def require_empty():
    """The target, but for what is replaced. Raises CannotMove."""
    replaced = {apps.get_model(label) for label in REPLACED} | {apps.get_model("auth.Group").permissions.through}
    for model in moved():
        if model not in replaced and model._base_manager.exists():
            raise CannotMove(f"The database of DATABASE_URL is not empty: {model._meta.db_table} has rows.")


def drop_replaced():
    for label in REPLACED:
        apps.get_model(label)._base_manager.all().delete()


def copy(model) -> Tally:
    """Of what was read. Raises CannotMove for a value that the target does not take."""
    tally, names = Tally(), _columns(model)
    rows = _rows(model, ALIAS)
    while batch := list(islice(rows, BATCH)):
        for values in batch:
            tally.add(values)
        _store(model, [model.from_db(DEFAULT_DB_ALIAS, names, values) for values in batch])
    return tally


def _store(model, rows):
    try:
        model._base_manager.bulk_create(rows)
    except (DatabaseError, ValueError) as error:
        # Without the details, which show the row.
        reason = getattr(getattr(error.__cause__, "diag", None), "message_primary", None) or type(error).__name__
        raise CannotMove(f"PostgreSQL does not take a row of {model._meta.db_table}: {reason}.") from None


def stored(model) -> Tally:
    tally = Tally()
    for values in _rows(model, DEFAULT_DB_ALIAS):
        tally.add(values)
    return tally


def continue_numbers(source):
    """The next row has the number it would have had, also after the last rows were deleted: none is given twice."""
    with source.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence WHERE seq > 0")
        last = dict(cursor.fetchall())
    with connection.cursor() as cursor:
        for model in moved():
            if number := last.get(model._meta.db_table):
                where = [connection.ops.quote_name(model._meta.db_table), model._meta.pk.column]
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [*where, number])


def _columns(model) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _rows(model, alias):
    found = model._base_manager.using(alias).order_by("pk").values_list(*_columns(model))
    return found.iterator(chunk_size=BATCH)
