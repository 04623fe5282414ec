"""Tables of figures, with the names of their rows, as they are written into the database."""

from dataclasses import asdict
from datetime import datetime

from django.utils.dateparse import parse_datetime

from registrations.figures.names import Name
from registrations.figures.tables import Row, Table


def write(table, names) -> dict:
    """As stored, with what those of its rows are called that have names."""
    called = names.rows.get(table.kind, {})
    return {
        "columns": list(table.columns),
        "rows": [_stored_row(row) for row in table.rows],
        "total": _stored_row(table.total),
        "finer": table.finer,
        "title": names.tables.get(table.kind, ""),
        "names": {row.key: _stored_name(called[row.key]) for row in table.rows if row.key in called},
    }


def _stored_row(row) -> list:
    return [row.key, list(row.values), list(row.parts)]


def _stored_name(name) -> dict:
    known = {what: value for what, value in asdict(name).items() if value}
    return {what: value.isoformat() if isinstance(value, datetime) else value for what, value in known.items()}


def read(kind, cells) -> Table:
    rows = tuple(_row(row) for row in cells["rows"])
    return Table(kind, tuple(cells["columns"]), rows, _row(cells["total"]), cells["finer"])


def _row(stored) -> Row:
    key, values, parts = stored
    return Row(key, tuple(values), tuple(parts))


def names(cells) -> dict[str, Name]:
    return {key: _name(stored) for key, stored in cells["names"].items()}


def _name(stored) -> Name:
    moments = {what: parse_datetime(stored[what]) for what in ("starts_at", "ends_at") if what in stored}
    return Name(
        stored.get("title", ""),
        **moments,
        is_called_off=stored.get("is_called_off", False),
        seconds=stored.get("seconds"),
    )
