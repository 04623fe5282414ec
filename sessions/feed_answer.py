"""A feed over HTTP: asked for again and again by programs, so most answers say that nothing is new (RFC 9110 13)."""

import hashlib
from datetime import timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

ANYBODYS, ONE_PERSONS = "public", "private"
FRESH_SECONDS = 600
# A change bears the moment at which its transaction began. It may become visible later than another one of the same
# second, at most so much later as a writer waits for a lock and works.
SETTLED_AFTER = timedelta(seconds=30)


def answer(request, feed, *, filename, cache) -> HttpResponse:
    """The feed, or 304; `cache` is ANYBODYS or ONE_PERSONS. Nothing depends on cookies, Accept or the language."""
    _forget_cookies(request)
    octets = feed.text.encode()
    etag = f'"{hashlib.sha256(octets).hexdigest()[:32]}"'
    settled_at = feed.changed_at + SETTLED_AFTER
    full = HttpResponse(octets, content_type="text/calendar; charset=utf-8")
    full["Content-Disposition"] = f'inline; filename="{filename}.ics"'
    full["Cache-Control"] = f"max-age={FRESH_SECONDS}, {cache}"
    full["Vary"] = "Accept-Encoding"
    full["ETag"] = _as_sent_before(etag, request)
    # Until the last change has settled, clients get a moment that does not count as its date when they come back.
    full["Last-Modified"] = http_date(min(settled_at, timezone.now()).timestamp())
    response = get_conditional_response(request, etag, int(settled_at.timestamp()), full)
    response["Content-Language"] = feed.language
    response["X-Robots-Tag"] = "noindex"
    return response


def _forget_cookies(request):
    """Broken ones would be mended or deleted on the way out: an answer for one browser only."""
    request.COOKIES = {}
    request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)


def _as_sent_before(etag, request) -> str:
    """Compression makes it weak; who has that one must find it in the 304 too, or cannot tell what is still valid."""
    weak = f"W/{etag}"
    return weak if weak in request.headers.get("If-None-Match", "") else etag
