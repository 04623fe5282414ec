"""The pages of a season as the views of the site make them, for an archive."""

from io import BytesIO
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404
from django.urls import resolve
from django.utils.translation import override

from sessions.archive.exceptions import CannotArchive
from sessions.archive.places import Place
from sessions.archive.programme import Archive


def page(archive: Archive, place: Place) -> str:
    """Raises CannotArchive where the page is no more, because staff took it back meanwhile."""
    return content(archive, place.address, place.language)


def content(archive: Archive, address: str, language: str) -> str:
    """What the site answers at an address, in this language. Raises CannotArchive as `page`."""
    return octets(archive, address, language).decode()


def octets(archive: Archive, address: str, language: str) -> bytes:
    """The same of what is no text."""
    response = _answer(archive, address, language)
    if response is None or response.status_code != 200:
        raise CannotArchive(f"The season was changed meanwhile: {address} is gone. Please try again.")
    return response.content


def is_drawn(archive: Archive, place: Place) -> bool:
    """Whether this sheet can be set; the site leads back to a page where it cannot."""
    response = _answer(archive, place.address, place.language)
    return response is not None and response.status_code == 200


def _answer(archive, address, language):
    """None of what is not there."""
    request = _request(archive, address)
    with override(language):
        request.resolver_match = found = resolve(request.path_info)
        try:
            return found.func(request, *found.args, **found.kwargs)
        except Http404:
            return None


def _request(archive, address) -> WSGIRequest:
    """Of somebody of whom nothing is known, without the middleware: pages of the programme need none of it."""
    parts, site = urlsplit(address), urlsplit(settings.SITE_URL)
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            # As servers hand it over (PEP 3333).
            "PATH_INFO": unquote(parts.path).encode().decode("latin-1"),
            "QUERY_STRING": parts.query,
            "HTTP_HOST": site.netloc,
            "SERVER_NAME": site.hostname,
            "SERVER_PORT": str(site.port or (443 if site.scheme == "https" else 80)),
            "wsgi.url_scheme": site.scheme,
            "wsgi.input": BytesIO(),
        }
    )
    request.archive = archive
    return request
