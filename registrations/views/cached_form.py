"""The empty form of the sign-up, kept for the next visitor who would get the same one."""

import re

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from registrations.limits import bots
from registrations.models import new_key
from sessions import page_pieces
from sessions.public import response_cache

HIDDEN = re.compile(rb'(name="(csrfmiddlewaretoken|submission|opened)" value=")[^"]*')
# The offsets in the list of time zones change at full quarters only.
QUARTER_SECONDS = 900


def answer(request, programme, on_offer, reader, initial, now, render) -> HttpResponse:
    """The page that `render()` makes of these, with hidden values of this visitor's own.

    Kept under the seats of this very moment, so that a place that is shown was free when the page left. `initial` has
    the slugs that a link ticks; only of one, because those that we write tick no more.
    """
    if response_cache.has_personal_cookie(request) or len(initial["session"]) > 1:
        return render()
    key = response_cache.key_of(
        "form",
        programme.state,
        [_seats(offer) for offer in on_offer],
        int(now.timestamp() // QUARTER_SECONDS),
        initial,
        (reader.zone, reader.is_known),
        get_language(),
        request.path,
    )
    kept = response_cache.get(key, lambda: _in_pieces(render().content))
    own = {
        b"csrfmiddlewaretoken": get_token(request).encode(),
        b"submission": new_key().encode(),
        b"opened": bots.opened({}).encode(),
    }
    return _page(request, [page_pieces.own(own[piece]) if isinstance(piece, bytes) else piece for piece in kept])


def _in_pieces(page) -> list:
    """What is the same for all, and between that the names of the hidden fields whose values are a visitor's own."""
    pieces, end = [], 0
    for found in HIDDEN.finditer(page):
        pieces += [page_pieces.shared(page[end : found.end(1)]), found[2]]
        end = found.end()
    return [*pieces, page_pieces.shared(page[end:])]


def _page(request, pieces) -> HttpResponse:
    if not response_cache.accepts_gzip(request):
        return HttpResponse(page_pieces.plain(pieces))
    response = HttpResponse(page_pieces.gzipped(pieces), headers={"Content-Encoding": "gzip"})
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _seats(offer) -> list:
    """What may be chosen of a session."""
    return [(slot.pk, str(offer.state(slot))) for slot in offer.slots]
