"""Somebody who has copies of the whole database, and tries to find out who wrote which text."""

from dataclasses import dataclass
from itertools import pairwise

from django.apps import apps
from django.db import connection


@dataclass(frozen=True)
class Row:
    """As PostgreSQL stores it: where it lies (`ctid`), which transaction wrote it (`xmin`), and all its columns."""

    table: str
    place: tuple[int, int]
    transaction: int
    values: dict

    def has(self, text) -> bool:
        """Whether one of its values is or contains the text or the number, also inside octets."""
        return any(_has(value, text) for value in self.values.values())


def copy() -> list[Row]:
    """Every row of every table, in the order in which they lie."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            cursor.execute(f'SELECT ctid::text, xmin::text, t.* FROM "{table}" t ORDER BY ctid')
            names = [column.name for column in cursor.description][2:]
            found += [
                Row(table, _place(ctid), int(xmin), dict(zip(names, values, strict=True)))
                for ctid, xmin, *values in cursor.fetchall()
            ]
    return found


def _place(ctid) -> tuple[int, int]:
    """(page,number)."""
    page, number = ctid.strip("()").split(",")
    return int(page), int(number)


def linked(copies, people, texts) -> int:
    """Of how many of the people the best of all ways to guess says rightly which of the texts is theirs.

    `people` are ids, `texts` theirs in the same order, `copies` in the order of time.
    """
    right = dict(zip(people, texts, strict=True))
    guesses = [_by_difference(copies, right), _by_transaction(copies[-1], right), *_by_order(copies[-1], right)]
    return max(sum(right[person] == text for person, text in guess.items()) for guess in guesses)


def _by_difference(copies, right) -> dict:
    """Who is new in a copy, and has answered, wrote what is new in it."""
    found = {}
    for before, after in pairwise(copies):
        people = _tickets(after, right).keys() - _tickets(before, right).keys()
        texts = _found(after, right.values()).keys() - _found(before, right.values()).keys()
        if len(people) == len(texts) == 1:
            found[people.pop()] = texts.pop()
    return found


def _by_transaction(copied, right) -> dict:
    """What was written in one transaction belongs together."""
    wrote = {}
    for text, (row, *_where) in _found(copied, right.values()).items():
        wrote.setdefault(row.transaction, []).append(text)
    tickets = _tickets(copied, right)
    return {person: texts[0] for person, row in tickets.items() if len(texts := wrote.get(row.transaction, [])) == 1}


def _by_order(copied, right):
    """The first who answered wrote the first text: by place, transaction or any column, in both directions."""
    tickets, found = _tickets(copied, right), _found(copied, right.values())
    for people in _orders({person: (row, 0) for person, row in tickets.items()}):
        for texts in _orders(found):
            yield dict(zip(people, texts, strict=False))
            yield dict(zip(people, reversed(texts), strict=False))


def _orders(rows: dict) -> list[list]:
    """The names of these rows, each with a number of its own within the row, in all orders that there are."""
    columns = next((list(row.values) for row, *_where in rows.values()), [])
    keys = [lambda row: row.place, lambda row: row.transaction]
    keys += [lambda row, column=column: str(row.values.get(column)) for column in columns]
    return [sorted(rows, key=lambda name, key=key: (key(rows[name][0]), rows[name][1:])) for key in keys]


def _tickets(copied, right) -> dict:
    """The ticket of each person: it says that somebody has answered."""
    rows = [row for row in copied if row.table == "registrations_feedbackticket"]
    return {row.values["participant_id"]: row for row in rows if row.values["participant_id"] in right}


def _found(copied, texts) -> dict:
    """Where each text can be read: the row, and where in it."""
    return {text: (row, str(row.values).find(text)) for row in copied for text in texts if row.has(text)}


def _has(value, text) -> bool:
    if isinstance(value, memoryview | bytes):
        return str(text).encode() in bytes(value)
    return str(text) in str(value)
