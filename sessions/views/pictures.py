"""Pictures of seasons and sessions for programs that show a link; the same for everybody who asks in a language."""

import hashlib

from django.http import HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from sessions.presenters import preview_pictures
from sessions.public import response_cache, snapshot
from sessions.templatetags.site import preview_picture
from sessions.typesetting import typesetter

FRESH_SECONDS = 3600
# Instead of a picture whose title has no letter that a font of ours has.
NOT_DRAWN = b""


@require_safe
def season(request, season):
    programme = snapshot.of(season)
    return _answer(request, preview_pictures.of_season(programme.season, programme.streams))


@require_safe
def session(request, season, slug):
    programme = snapshot.of(season)
    found = programme.session(slug)
    return _answer(request, preview_pictures.of_session(found, programme.slots.get(found.pk, [])))


def _answer(request, picture) -> HttpResponse:
    """Cached by what is on it, whatever else the address says; the site's own picture if it cannot be drawn."""
    octets, etag = response_cache.get(response_cache.key_of("picture", picture.version), lambda: _with_etag(picture))
    if octets == NOT_DRAWN:
        return HttpResponseRedirect(static(f"img/{preview_picture(get_language())}"))
    headers = {"ETag": etag, "Cache-Control": f"public, max-age={FRESH_SECONDS}"}
    full = HttpResponse(octets, content_type="image/png", headers=headers)
    return get_conditional_response(request, etag, response=full)


def _with_etag(picture) -> tuple[bytes, str]:
    octets = _drawn(picture)
    return octets, f'"{hashlib.sha256(octets).hexdigest()[:32]}"'


def _drawn(picture) -> bytes:
    """Without characters that no font has, such as emoji; nothing if the title is of these alone."""
    try:
        return _png(picture, picture.values)
    except typesetter.MissingCharacters as problem:
        values = typesetter.without(picture.values, problem.characters)
    return _png(picture, values) if values["title"].strip() else NOT_DRAWN


def _png(picture, values) -> bytes:
    return typesetter.png("preview", values, title=picture.title, language=picture.language)
