"""The error pages 400, 403, 404 and 500, and the refusal of requests that Django could not read (503: outage.py).

They read nothing of the request: Django's own look for the token of a form, and fail at a form that cannot be read.
"""

import codecs
from functools import cache

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

# What our pages send, and what programs may call the same.
READABLE = {"utf-8", "ascii"}


class UnreadableRequests:
    """Refuses what Django, or a form, would fail at while reading it: another charset, a length that is no number."""

    def __init__(self, get_response):
        self._get_response = get_response

    def __call__(self, request):
        if not (_has_readable_charset(request) and _has_length(request)):
            return bad_request(request)
        return self._get_response(request)


def bad_request(request, exception=None):
    return _page("400.html", 400)


def permission_denied(request, exception=None):
    return _page("403.html", 403)


def page_not_found(request, exception=None):
    return _page("404.html", 404)


def server_error(request):
    return _page("500.html", 500)


def _page(template, status):
    return HttpResponse(_text(template, get_language()), status=status)


@cache
def _text(template, language) -> str:
    """In the active language, which `language` names: nothing else decides what is on these pages."""
    return render_to_string(template)


def _has_readable_charset(request) -> bool:
    """One that nobody knows is ignored, as Django does."""
    try:
        return codecs.lookup(request.content_params.get("charset", "utf-8")).name in READABLE
    except (LookupError, ValueError):
        return True


def _has_length(request) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isascii() and length.isdecimal()
