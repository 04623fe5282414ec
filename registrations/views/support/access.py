"""What every page behind a personal address has in common."""

from functools import wraps

from django.core.exceptions import ObjectDoesNotExist
from django.shortcuts import render

from registrations.views.support import reading_language
from registrations.views.support.unproven import needs_no_cookie

WITHOUT_FORM = "no-referrer"
# With "no-referrer" browsers send "Origin: null" with a form to our own site (Fetch, "append a request Origin header"),
# and old ones, which send no Origin, leave the Referer away too: Django's CSRF check refuses both. This policy tells
# nobody more than our host's name, and never the key.
WITH_FORM = "strict-origin"


def personal(find, *, referrer_policy=WITHOUT_FORM):
    """The view gets what `find` finds behind the key; a wrong or missing key has one and the same answer.

    The address is the key, so no cache, search engine or other site may learn it. The page is in the language of
    whoever the key belongs to.
    """

    def decorate(view):
        @wraps(view)
        def answer(request, key, **kwargs):
            # By the choice of the browser, in case that the database is away.
            reading_language.speak(request)
            found = _found(find, key)
            reading_language.speak(request, found)
            response = view(request, found, **kwargs) if found else wrong_link(request)
            reading_language.remember(request, response)
            return kept_private(response, referrer_policy)

        # What a page of another site could send, its owner could do without it: the key is all that a person needs.
        return needs_no_cookie(answer)

    return decorate


def kept_private(response, referrer_policy=WITHOUT_FORM):
    response.headers.setdefault("Cache-Control", "no-store")
    response["X-Robots-Tag"] = "noindex"
    response.headers.setdefault("Referrer-Policy", referrer_policy)
    return response


def wrong_link(request):
    return render(request, "registrations/wrong_link.html", status=404)


def _found(find, key):
    try:
        return find(key) if key.isprintable() else None
    except ObjectDoesNotExist:
        return None
