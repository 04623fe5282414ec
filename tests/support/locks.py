"""Watches which rows are locked, and in which order: docs/architecture.md, "Locks"."""

import re
from contextlib import contextmanager

from django.db import connection

# What is locked first is first in the list; whatever else is written is nobody's to wait for.
ORDER = [
    "online_sessions_occurrence",
    "online_sessions_season",
    "online_sessions_session",
    "online_sessions_pagetext",
    "registrations_slotchange",
    "registrations_seasonannouncement",
    "registrations_circular",
    "registrations_certificateissue",
    "registrations_invitationbatch",
    "registrations_invitation",
    "registrations_admissionrequest",
    "registrations_delegation",
    "registrations_participant",
    "registrations_nextseasonsubscriber",
    "registrations_registration",
    "registrations_message",
    "registrations_attendanceinterval",
    "registrations_certificate",
    "registrations_postpause",
    "registrations_mailbox",
    "registrations_seatremoval",
    "online_sessions_speakerquestion",
    "registrations_feedback",
    "auth_user",
]
# People are stored before they have an id, several in the order of who they are.
KEYS = {"registrations_participant": ["mailbox", "name_key"]}
LOCK = re.compile(r'SELECT .*? FROM "(?P<table>\w+)"(?P<rest>.*) FOR NO KEY UPDATE(?P<how>.*)', re.DOTALL)
UPDATE = re.compile(r'UPDATE "(?P<table>\w+)" SET (?P<values>.*?) WHERE (?P<rest>.*)', re.DOTALL)


class Watch:
    """Remembers the rows that the transaction of this connection has locked; `wrong` are sentences."""

    def __init__(self):
        self.wrong, self._transaction, self._held, self._last = [], None, set(), (-1,)

    def __call__(self, execute, sql, params, many, context):
        if found := LOCK.fullmatch(sql):
            self._lock(found["table"], f' FROM "{found["table"]}"{found["rest"]}', params, "SKIP" in found["how"])
        elif "FOR UPDATE" in sql:
            self.wrong.append(f"locks more than it needs, and whoever refers to these rows waits: {sql[:200]}")
        elif (found := UPDATE.fullmatch(sql)) and found["table"] in ORDER and "SELECT" not in sql:
            of_rows = params[found["values"].count("%s") :]
            self._write(found["table"], f' FROM "{found["table"]}" WHERE {found["rest"]}', of_rows)
        return execute(sql, params, many, context)

    def _lock(self, table, source, params, skips):
        new = self._new(table, source, params)
        if new and not skips and (ORDER.index(table), min(new)) < self._last:
            self.wrong.append(f"{table} {min(new)} is locked after {self._name(self._last)}")
        self._hold(table, new)

    def _write(self, table, source, params):
        """An update locks, too; several rows at once in an order of its own, so that another lock must guard them."""
        new = self._new(table, source, params)
        if new and ORDER.index(table) < self._last[0]:
            self.wrong.append(f"{table} {min(new)} is written, and was not locked before {self._name(self._last)}")
        self._hold(table, new)

    def _new(self, table, source, params) -> list[tuple]:
        """Those of the rows that are not locked yet, as keys of the order within their table."""
        names = ", ".join(f'"{table}"."{name}"' for name in [*KEYS.get(table, []), "id"])
        with connection.cursor() as cursor:
            cursor.cursor.execute("SELECT pg_current_xact_id()::xid::text")
            [transaction] = cursor.cursor.fetchone()
            if transaction != self._transaction:
                self._transaction, self._held, self._last = transaction, set(), (-1,)
            # Rows that this transaction has stored or written are its own: their version says so.
            cursor.cursor.execute(f'SELECT "{table}".xmin::text, {names}{source}', params)
            rows = [row for made_by, *row in cursor.cursor.fetchall() if made_by != transaction]
            return [tuple(row) for row in rows if (table, row[-1]) not in self._held]

    def _hold(self, table, rows):
        self._held.update((table, row[-1]) for row in rows)
        if rows:
            self._last = max(self._last, (ORDER.index(table), max(rows)))

    def _name(self, last) -> str:
        return f"{ORDER[last[0]]} {last[1]}"


@contextmanager
def watched():
    """What is yielded tells in `wrong` of rows locked out of the order, or written under somebody else's lock."""
    watch = Watch()
    with connection.execute_wrapper(watch):
        yield watch
