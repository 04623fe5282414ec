"""A feed over HTTP: asked for again and again by programs, so most answers say that nothing is new (RFC 9110 13)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

ANYBODYS, ONE_PERSONS = "public", "private"
FRESH_SECONDS = 600
# A change bears the moment at which its transaction began. It may become visible later than another one of the same
# second, at most so much later as a writer waits for a lock and works.
SETTLED_AFTER = timedelta(seconds=30)


@dataclass(frozen=True)
class Mark:
    """What tells one state of a feed from another, and nothing of what is in it."""

    etag: str
    changed_at: datetime
    language: str


def mark_of(feed) -> Mark:
    digest = hashlib.sha256(feed.text.encode()).hexdigest()[:32]
    return Mark(f'"{digest}"', feed.changed_at, feed.language)


def answer(request, feed, *, filename, cache) -> HttpResponse:
    """The feed, or 304; `cache` is ANYBODYS or ONE_PERSONS. Nothing depends on cookies, Accept or the language."""
    full = HttpResponse(feed.text.encode(), content_type="text/calendar; charset=utf-8")
    full["Content-Disposition"] = f'inline; filename="{filename}.ics"'
    return _conditional(request, full, mark_of(feed), cache)


def unchanged(request, mark, *, cache) -> HttpResponse | None:
    """304 for who has the feed of this mark; else None, and the feed has to be made."""
    response = _conditional(request, HttpResponse(), mark, cache)
    return response if response.status_code == 304 else None


def _conditional(request, full, mark, cache):
    _forget_cookies(request)
    settled_at = mark.changed_at + SETTLED_AFTER
    full["Cache-Control"] = f"max-age={FRESH_SECONDS}, {cache}"
    full["Vary"] = "Accept-Encoding"
    full["ETag"] = _as_sent_before(mark.etag, request)
    # Until the last change has settled, clients get a moment that does not count as its date when they come back.
    full["Last-Modified"] = http_date(min(settled_at, timezone.now()).timestamp())
    response = get_conditional_response(request, mark.etag, int(settled_at.timestamp()), full)
    response["Content-Language"] = mark.language
    response["X-Robots-Tag"] = "noindex"
    return response


def _forget_cookies(request):
    """Broken ones would be corrected or deleted on the way out: an answer for one browser only."""
    request.COOKIES = {}
    request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)


def _as_sent_before(etag, request) -> str:
    """Compression makes it weak; who has that one must find it in the 304 too, or cannot tell what is still valid."""
    weak = f"W/{etag}"
    return weak if weak in request.headers.get("If-None-Match", "") else etag
