"""Forms of the admin as they are shown to staff who may look and change nothing."""

# Address and telephone open the meeting to anybody who has them.
MEETING = ("meeting_url", "meeting_phone")


def for_looking(fieldsets, *, without=(), instead=None) -> list:
    """Without these fields, which lead to pages that do not open for them; some have another field instead."""
    instead = instead or {}
    shown = [
        (title, options | {"fields": [instead.get(row, row) for row in _rows(options["fields"], without)]})
        for title, options in fieldsets
    ]
    return [(title, options) for title, options in shown if options["fields"]]


def _rows(fields, without):
    rows = [tuple(each for each in row if each not in without) if isinstance(row, tuple) else row for row in fields]
    return [row for row in rows if row and row not in without]
