"""Translations of staff are stored together with their lines in the audit log."""

from django.db import transaction

from registrations import audit
from sessions.admin.translations import wording
from sessions.seasons import translating


@transaction.atomic
def save(*, owner, new, by, now):
    """Store what is `new` (translating.New) among the texts of the season or session."""
    for row, stored in translating.store(owner=owner, new=new, now=now).items():
        before, after = _texts(row, stored), _texts(row, row.translations)
        changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
        audit.record(
            "translated",
            row,
            by=by,
            before={name: before[name] for name in changed if name in before},
            after={name: after[name] for name in changed if name in after},
        )


def _texts(row, stored) -> dict:
    """What is stored of a row, under names for the audit log."""
    return {
        _name(name, code, entry): entry["text"]
        for code, entries in stored.items()
        for name, entry in entries.items()
        if name in row.TRANSLATED
    }


def _name(name, code, entry) -> str:
    hidden = ", hidden" if entry.get("hidden") else ""
    return f"{wording.COLUMNS[name]}, {wording.language(code)}{hidden}"
