"""The language of a page: that of its address, and without one English. No page depends on what a browser asks for."""

from django.conf import settings
from django.http import HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils import translation

from minamata_online.configuration import languages


class LanguageOfTheAddress:
    """Instead of Django's LocaleMiddleware, which would also look at cookies and at Accept-Language.

    Other codes of a language lead to ours: /zh-CN/ and /ar-EG/ to /zh-hans/ and /ar/, /en/ to /. One that is held back
    leads to English. What belongs to one person has no language in its address: `registrations.views.support.access`
    knows theirs.
    """

    def __init__(self, get_response):
        self._get_response = get_response

    def __call__(self, request):
        named = _language_of(request.path_info)
        with translation.override(named or settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            prefix = "" if named in (None, settings.LANGUAGE_CODE) else f"{named}/"
            if named and not request.path_info.startswith(f"/{prefix or '//'}"):
                return HttpResponsePermanentRedirect(
                    f"/{prefix}{_rest_of(request)}", preserve_request=_is_sent(request)
                )
            if not named and request.path_info.split("/")[1] in languages.NAMES:
                # Links in mails, and calendars that people subscribed to. It may be on offer again.
                return HttpResponseRedirect(f"/{_rest_of(request)}", preserve_request=_is_sent(request))
            response = self._get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


def _language_of(path) -> str | None:
    """Ours, also for a code in capitals, which Django leaves as it is."""
    named = translation.get_language_from_path(path)
    return named and named.lower()


def _is_sent(request) -> bool:
    """Whether it is a form, which a browser sends on to the other address only if it is told so."""
    return request.method not in ("GET", "HEAD")


def _rest_of(request) -> str:
    """Of the address, behind its language. No slash at the start: two would name another host."""
    path, mark, query = request.get_full_path().partition("?")
    return f"{path.lstrip('/').partition('/')[2].lstrip('/')}{mark}{query}"
