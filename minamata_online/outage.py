"""The error page 503, while the database is away or takes no change: made without it, with all that people typed."""

import sys

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string

from minamata_online.middleware import error_pages

AWAY = (InterfaceError, OperationalError)
# read_only_sql_transaction, as on a server that became the copy of another; disk_full.
CANNOT_BE_WRITTEN = {"25006", "53100"}
SQLITE_CANNOT_BE_WRITTEN = ["attempt to write a readonly database", "database or disk is full"]
# A restart takes some seconds; people and programs that all came back at once would make it longer.
RETRY_SECONDS = 20


def server_error(request):
    """The answer to any error that nobody caught; Django calls it inside the `except`."""
    error = sys.exc_info()[1]
    return outage(request, error) if is_outage(error) else error_pages.server_error(request)


def is_outage(error) -> bool:
    return isinstance(error, AWAY) or cannot_be_written(error)


def cannot_be_written(error) -> bool:
    """It answers and can be read: PostgreSQL says so with these codes, SQLite in words."""
    if not isinstance(error, DatabaseError):
        return False
    code = getattr(error.__cause__, "pgcode", None)
    return code in CANNOT_BE_WRITTEN or any(words in str(error) for words in SQLITE_CANNOT_BE_WRITTEN)


def outage(request, error):
    """The button sends the same form once more, keys included that make a second sending count once."""
    fields = _typed(request)
    context = {"is_form": fields is not None, "fields": fields or [], "can_be_read": cannot_be_written(error)}
    page = render_to_string("503.html", context)
    response = HttpResponse(page, status=503)
    response["Retry-After"] = RETRY_SECONDS
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    # The address may be a personal key; with "no-referrer" the form would not pass the CSRF check.
    response["Referrer-Policy"] = "strict-origin"
    return response


def _typed(request) -> list[tuple[str, str]] | None:
    """The fields of a form of ours; None for anything else, for passwords, and for files, which no page can hold."""
    was_checked = request.method == "POST" and getattr(request, "csrf_processing_done", False)
    if not was_checked or request.content_type != "application/x-www-form-urlencoded":
        return None
    if hasattr(request, "sensitive_post_parameters"):
        return None
    return [(name, value) for name, values in request.POST.lists() for value in values]
