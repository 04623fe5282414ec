"""What is drawn of the programme: pictures for programs that show a link, and the poster as one sheet of PDF."""

import hashlib

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from registrations.limits import rates
from sessions.clocks import moment
from sessions.clocks.reader import reader_of
from sessions.presenters import poster_sheet, preview_pictures
from sessions.public import response_cache, snapshot
from sessions.templatetags.site import preview_picture
from sessions.typesetting import typesetter
from sessions.views import programme as programme_pages

FRESH_SECONDS = 3600
# Instead of a sheet or a picture of texts that cannot be set, or of a title without any letter of our fonts.
NOT_DRAWN = b""


class TooManySheets(Exception):
    """This client has had many posters drawn in a short time."""


@require_safe
def season(request, season):
    programme = snapshot.of(season)
    return _answer(request, preview_pictures.of_season(programme.season, programme.streams))


@require_safe
def session(request, season, slug):
    programme = snapshot.of(season)
    found = programme.session(slug)
    return _answer(request, preview_pictures.of_session(found, programme.slots.get(found.pk, [])))


@require_safe
@vary_on_cookie
def poster(request, season):
    """In the reader's time, as the page of the poster."""
    programme, is_archived = snapshot.shown_to(request, season), hasattr(request, "archive")
    reader, now = reader_of(request, programme.season), moment.of(programme.season)
    found, language = programme_pages.poster_of(programme, reader, now), get_language()
    values = poster_sheet.values_of(found, reader, is_archived=is_archived)
    title = poster_sheet.title_of(found)
    key = response_cache.key_of("poster", title, values, language)
    try:
        octets, etag = response_cache.get(key, lambda: _with_etag(_sheet_for(request, values, title, language)))
    except TooManySheets:
        refusal = render(request, "429.html", status=429)
        refusal["Retry-After"] = rates.span_ends_in(rates.POSTERS_OF_A_CLIENT)
        return refusal
    if octets == NOT_DRAWN:
        return redirect("sessions:poster", season)
    name = content_disposition_header(False, f"minamata-{season}.pdf")
    headers = {"ETag": etag, "Cache-Control": "no-cache", "Content-Disposition": name}
    full = HttpResponse(octets, content_type="application/pdf", headers=headers)
    return get_conditional_response(request, etag, response=full)


def _sheet_for(request, values, title, language) -> bytes:
    """Raises TooManySheets: there are as many posters as clocks and languages, and each is drawn for who asks first."""
    if not hasattr(request, "archive") and not rates.passes(rates.POSTERS_OF_A_CLIENT, rates.client_of(request)):
        raise TooManySheets
    return _sheet(values, title, language)


def _sheet(values, title, language) -> bytes:
    """Without characters that no font has."""

    def pdf(left) -> bytes:
        return typesetter.pdf("poster", left, title=title, language=language)

    return _made(pdf, values)


def _answer(request, picture) -> HttpResponse:
    """Cached by what is on it, whatever else the address says; the site's own picture if it cannot be drawn."""
    octets, etag = response_cache.get(
        response_cache.key_of("picture", picture.version), lambda: _with_etag(_drawn(picture))
    )
    if octets == NOT_DRAWN:
        return HttpResponseRedirect(static(f"img/{preview_picture(get_language())}"))
    headers = {"ETag": etag, "Cache-Control": f"public, max-age={FRESH_SECONDS}"}
    full = HttpResponse(octets, content_type="image/png", headers=headers)
    return get_conditional_response(request, etag, response=full)


def _with_etag(octets) -> tuple[bytes, str]:
    return octets, f'"{hashlib.sha256(octets).hexdigest()[:32]}"'


def _drawn(picture) -> bytes:
    """Without characters that no font has, such as emoji; nothing if the title is of these alone."""

    def png(left) -> bytes:
        if not left["title"].strip():
            return NOT_DRAWN
        return typesetter.png("preview", left, title=picture.title, language=picture.language)

    return _made(png, picture.values)


def _made(make, values) -> bytes:
    try:
        return typesetter.as_far_as_it_goes(make, values)
    except typesetter.CannotSet:
        return NOT_DRAWN
