"""The API over HTTP: open to every site, and mostly answered from what is cached (decision 0016).

`minamata_online.middleware.open_answers` says to browsers that everybody may read it, and turns error pages into words
for programs.
"""

import hashlib
from copy import copy
from importlib import import_module

from django.http import HttpResponse
from django.urls import resolve
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt

from sessions.api import problems, published
from sessions.clocks import dates, moment
from sessions.public import response_cache, snapshot

READING = "GET, HEAD, OPTIONS"
FRESH_SECONDS = 60
PREFLIGHT = {
    "Allow": READING,
    "Access-Control-Allow-Methods": READING,
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
OPERATIONS = "sessions.api.operations"
JSON = "application/json; charset=utf-8"


def only_reading(view):
    """The view for GET and HEAD; in the language of the parameter `lang`."""

    @csrf_exempt
    def answer(request, **parts):
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=PREFLIGHT)
        if request.method not in READING.split(", "):
            refused = problems.answer(405)
            refused.headers["Allow"] = PREFLIGHT["Allow"]
            return refused
        return _in_language(request, view, parts)

    return answer


def _in_language(request, view, parts):
    language = request.GET.get("lang", "en")
    if language not in published.languages():
        words = f"There is no language of this code here. There are: {dates.listed(published.languages(), 'en')}."
        return problems.answer(422, errors=[("lang", words)])
    with translation.override(language):
        response = view(request, **parts)
    response.headers.setdefault("Content-Language", language)
    return response


@only_reading
def start(request):
    return _answer(request, "")


@only_reading
def seasons(request):
    return _answer(request, snapshot.seasons().state)


@only_reading
def of_season(request, season, **_parts):
    programme = published.programme(season)
    state = (snapshot.seasons().state, state_of(programme, moment.of(programme.season)))
    return _answer(request, state, streams=[stream.slug for stream in programme.streams])


@only_reading
def schema(request):
    """OpenAPI 3.1."""
    response = sent(request, response_cache.key_of("openapi"), lambda: import_module(OPERATIONS).openapi())
    response["Content-Language"] = "en"
    return response


def state_of(programme, now) -> tuple:
    """What answers about it depend on, besides what is asked: equal as long as they are the same."""
    return programme.state, programme.span_at(now)


def _answer(request, state, streams=()):
    asked = _usual(request, streams)
    if asked is None:
        return _conditional(request, _made(request))
    key = response_cache.key_of("api", state, request.path, asked)
    return sent(request, key, lambda: _made(request))


class _Refused(Exception):
    """No answer that is cached."""

    def __init__(self, response):
        super().__init__()
        self.response = response


def sent(request, key, make, *, content_type=JSON):
    """What `make()` answers, from the cache if it is there; what it refuses is not cached."""

    def octets() -> bytes:
        response = make()
        if response.status_code != 200:
            raise _Refused(response)
        return response.content

    try:
        # By itself: who has the answer gets nothing else.
        etag = response_cache.get(response_cache.key_of(key, "etag"), lambda: _etag(response_cache.get(key, octets)))
        unchanged = get_conditional_response(request, etag)
        full = unchanged or HttpResponse(response_cache.get(key, octets), content_type=content_type)
    except _Refused as refused:
        return refused.response
    return response_cache.compressed(request, _marked(full, etag), key=key)


def _conditional(request, full):
    """The answer, or 304 (RFC 9110 13)."""
    if full.status_code != 200:
        return full
    etag = _etag(full.content)
    return get_conditional_response(request, etag, response=_marked(full, etag))


def _etag(octets) -> str:
    return f'W/"{hashlib.sha256(octets).hexdigest()[:32]}"'


def _marked(response, etag):
    """A precondition that failed (412) is of who asked alone: caches of others would give it to everybody."""
    if response.status_code not in (200, 304):
        return response
    response["ETag"], response["Cache-Control"] = etag, f"max-age={FRESH_SECONDS}, public"
    return response


def _made(request) -> HttpResponse:
    """By the operation of this address, which only knows GET."""
    match = resolve(request.path_info, urlconf=OPERATIONS)
    asked = copy(request)
    asked.method = "GET"
    return match.func(asked, **match.kwargs)


def _usual(request, streams) -> tuple | None:
    """What is asked for, where it is one of the few questions that are cached; None for others: they fill no memory."""
    known = {"lang": published.languages(), "stream": streams, "coming": ["true"]}
    asked = dict(request.GET.lists())
    is_usual = all(len(given) == 1 and given[0] in known.get(name, ()) for name, given in asked.items())
    return tuple(sorted(asked.items())) if is_usual else None
