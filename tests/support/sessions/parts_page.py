"""The page on which staff arrange the parts of a time slot, with rows of two mornings of the season."""

from sessions.models.parts import alone
from tests.support.sessions.admin_pages import confirmed, page
from tests.support.sessions.moving import typed

FIRST, SECOND = typed("09:00", "10:00", number="1"), typed("09:00", "10:00", "2030-10-09", number="2")


def rows(*typed_rows, stored):
    management = {"parts-TOTAL_FORMS": str(len(typed_rows)), "parts-INITIAL_FORMS": str(stored)}
    each = {f"parts-{at}-{name}": value for at, row in enumerate(typed_rows) for name, value in row.items()}
    return management | each


def preview(client, slot, *typed_rows):
    return client.post(page("occurrence_parts", slot.pk), rows(*typed_rows, stored=len(alone(slot))))


def arrange(client, slot, *typed_rows, people=2):
    seen = preview(client, slot, *typed_rows)
    return client.post(page("occurrence_parts", slot.pk), confirmed(seen, people=people, why="", reason=""))
