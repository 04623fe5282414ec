"""The language of pages that belong to one person: what their browser chose there, or else that of their mails."""

from datetime import timedelta
from functools import wraps

from django.conf import settings
from django.utils import translation
from django.utils.cache import patch_vary_headers

from registrations.links import LANGUAGE as PARAMETER

COOKIE = "language"
KEPT_FOR = timedelta(days=365)


def speak(request, found=None):
    """From here to the end of the request, where LanguageOfTheAddress takes it back: error pages are in it as well.

    `found` is what stands behind the key.
    """
    wanted = _known(request.GET.get(PARAMETER)) or _known(request.COOKIES.get(COOKIE))
    request.LANGUAGE_CODE = wanted or _known(_of_mails(found)) or settings.LANGUAGE_CODE
    # The bar of languages links to this page, since its address has none.
    request.chooses_language_by = PARAMETER
    translation.activate(request.LANGUAGE_CODE)


def of_nobody(view):
    """For a page without the key of a person: it keeps nothing of what the link to it says, or the bar."""

    @wraps(view)
    def answer(request, **kwargs):
        speak(request)
        response = view(request, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        return response

    return answer


def remember(request, response):
    """What was chosen on this page holds for the others in this browser."""
    if language := _known(request.GET.get(PARAMETER)):
        response.set_cookie(
            COOKIE,
            language,
            max_age=KEPT_FOR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _known(language) -> str:
    return language if language in dict(settings.LANGUAGES) else ""


def _of_mails(found) -> str:
    """Of a person, or of a registration, an invitation or a delegation."""
    if found is None:
        return ""
    person = getattr(found, "participant", found)
    details = getattr(found, "details", None)
    return details.get("language", "") if isinstance(details, dict) else getattr(person, "language", "")
