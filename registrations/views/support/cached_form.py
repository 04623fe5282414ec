"""The empty form of the sign-up, cached for the next visitor who would get the same one."""

import re

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.utils.translation import get_language

from registrations.limits import bots
from registrations.models import new_key
from sessions.public import response_cache

HIDDEN = re.compile(rb'(name="(csrfmiddlewaretoken|submission|opened)" value=")[^"]*')
# The offsets in the list of time zones change at full quarters only.
QUARTER_SECONDS = 900


def answer(page, initial) -> HttpResponse:
    """The empty form on its SeasonFormPage, with hidden values of this visitor's own.

    Its places are those of the programme, as on the pages that lead to it: what is sent is counted again. `initial` has
    the slugs that a link ticks; only of one, because those that we write tick no more.
    """
    request, reader = page.request, page.reader
    if response_cache.has_personal_cookie(request) or len(initial["session"]) > 1:
        return page.show(initial)
    key = response_cache.key_of(
        "form",
        page.programme.state,
        page.programme.states_at(page.now),
        int(page.now.timestamp() // QUARTER_SECONDS),
        initial,
        (reader.zone, reader.is_known),
        get_language(),
        request.path,
    )
    cached = response_cache.get(key, lambda: HIDDEN.sub(rb"\1", page.show(initial).content))
    own = {
        b"csrfmiddlewaretoken": get_token(request).encode(),
        b"submission": new_key().encode(),
        b"opened": bots.opened({}).encode(),
    }
    return HttpResponse(HIDDEN.sub(lambda field: field[1] + own[field[2]], cached))
