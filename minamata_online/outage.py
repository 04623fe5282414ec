"""The error page 503, while the database is away: made without it, and with all that people had typed."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string

from minamata_online.middleware import error_pages

AWAY = (InterfaceError, OperationalError)
# A restart takes some seconds; people and programs that all came back at once would make it longer.
RETRY_SECONDS = 20


def server_error(request):
    """The answer to any error that nobody caught; Django calls it inside the `except`."""
    return database_is_away(request) if isinstance(sys.exc_info()[1], AWAY) else error_pages.server_error(request)


def database_is_away(request):
    """The button sends the same form once more, keys included that make a second sending count once."""
    fields = _typed(request)
    page = render_to_string("503.html", {"is_form": fields is not None, "fields": fields or []})
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
