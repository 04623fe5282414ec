"""Answers that are the same for many visitors, cached in the process under the state of all that they show."""

import hashlib
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock, RLock

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.middleware.gzip import compress_string
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

ACCEPTS_GZIP = re.compile(r"\bgzip\b")
HOUR_SECONDS, MINUTE_SECONDS = 3600, 60


def key_of(*parts) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()


@dataclass
class _Making:
    """Whoever makes what belongs to a key, and who waits for it; `make` may ask for other keys, and for its own."""

    lock: RLock = field(default_factory=RLock)
    people: int = 0


_makings: dict[str, _Making] = {}
_guard = Lock()


def get(key, make):
    """What is cached under the key, else what `make()` returns from now on; what it raises is not cached.

    Of many threads that ask at once, one makes it and the others wait.
    """
    found = caches["answers"].get(key)
    if found is not None:
        return found
    with _alone(key):
        found = caches["answers"].get(key)
        if found is None:
            found = make()
            caches["answers"].set(key, found)
    return found


@contextmanager
def _alone(key):
    with _guard:
        making = _makings.setdefault(key, _Making())
        making.people += 1
    try:
        with making.lock:
            yield
    finally:
        with _guard:
            making.people -= 1
            if not making.people:
                del _makings[key]


def page(request, programme, reader, now, render) -> HttpResponse:
    """The page that `render()` makes of the programme, or 304 (RFC 9110 13).

    It may depend on the programme, the state of its slots, the path, the reader and the language, and on the hour for
    whatever else goes by time. Who has a cookie with messages or of a sign-in gets a page of their own.
    """
    if not _is_for_anybody(request, programme):
        return render()
    # A rehearsal that is ahead says its time to the minute.
    hour = int(now.timestamp() // (MINUTE_SECONDS if programme.season.clock_ahead else HOUR_SECONDS))
    path, states = request.get_full_path(), [str(state) for state in programme.states_at(now)]
    key = key_of(programme.state, states, hour, path, reader.zone, reader.is_known, get_language())
    octets, etag = get(key, lambda: _with_etag(render().content))
    full = HttpResponse(octets, headers={"ETag": etag, "Cache-Control": "no-cache"})
    return compressed(request, get_conditional_response(request, etag, response=full), key=key)


def compressed(request, response, *, key) -> HttpResponse:
    """The answer as the middleware would compress it, with what is cached under the key."""
    patch_vary_headers(response, ["Accept-Encoding"])
    if response.status_code != 200 or not accepts_gzip(request):
        return response
    # Without the random octets of the middleware: nothing in it is secret.
    response.content = get(key_of(key, "gzip"), lambda: compress_string(response.content))
    response.headers["Content-Encoding"] = "gzip"
    if response.get("ETag", "").startswith('"'):
        response.headers["ETag"] = "W/" + response.headers["ETag"]
    return response


def accepts_gzip(request) -> bool:
    return bool(ACCEPTS_GZIP.search(request.headers.get("Accept-Encoding", "")))


def has_personal_cookie(request) -> bool:
    """Whether a page may say something to this visitor alone: a message, or that they are signed in."""
    return not request.COOKIES.keys().isdisjoint({"messages", settings.SESSION_COOKIE_NAME})


def _is_for_anybody(request, programme) -> bool:
    """Only addresses that we link to: others would fill the memory, and each is in its page."""
    ours = {"", *(f"stream={stream.slug}" for stream in programme.streams)}
    is_of_archive = hasattr(request, "archive")
    return request.META.get("QUERY_STRING", "") in ours and not is_of_archive and not has_personal_cookie(request)


def _with_etag(octets) -> tuple[bytes, str]:
    return octets, f'W/"{hashlib.sha256(octets).hexdigest()[:32]}"'
