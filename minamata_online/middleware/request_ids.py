"""Each request has an id: given by our proxy or made here, said in the answer, and in every line that it logs."""

import re
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import uuid4

from django.conf import settings

HEADER = "X-Request-ID"
# What is written to the logs must not be a stranger's own words, and must not be long.
SOUND = re.compile(r"[A-Za-z0-9_.-]{8,64}")

_present: ContextVar[str] = ContextVar("request_id", default="")


def present() -> str:
    """Of the request that is being answered; empty outside one."""
    return _present.get()


@contextmanager
def known_as(request_id):
    token = _present.set(request_id)
    try:
        yield
    finally:
        _present.reset(token)


class RequestIds:
    def __init__(self, get_response):
        self._get_response = get_response

    def __call__(self, request):
        with known_as(_named_by_proxy(request) or uuid4().hex):
            response = self._get_response(request)
            response.headers[HEADER] = present()
        return response


def _named_by_proxy(request) -> str:
    given = request.headers.get(HEADER, "")
    return given if settings.TRUSTED_PROXIES and SOUND.fullmatch(given) else ""
