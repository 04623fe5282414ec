"""What every page behind a personal address has in common."""

from functools import wraps

from django.core.exceptions import ObjectDoesNotExist
from django.shortcuts import render

from registrations import availability, offers

WITHOUT_FORM = "no-referrer"
# With "no-referrer" browsers send "Origin: null" with a form to our own site (Fetch, "append a request Origin header"),
# and old ones, which send no Origin, leave the Referer away too: Django's CSRF check refuses both. This policy tells
# nobody more than our host's name, and never the key.
WITH_FORM = "strict-origin"


def personal(find, *, referrer_policy=WITHOUT_FORM):
    """The view gets what `find` finds behind the key; a wrong or missing key has one and the same answer.

    The address is the key, so no cache, search engine or other site may learn it.
    """

    def decorate(view):
        @wraps(view)
        def answer(request, key, **kwargs):
            found = _found(find, key)
            response = view(request, found, **kwargs) if found else wrong_link(request)
            response.headers.setdefault("Cache-Control", "no-store")
            response["X-Robots-Tag"] = "noindex"
            response.headers.setdefault("Referrer-Policy", referrer_policy)
            return response

        return answer

    return decorate


def wrong_link(request):
    return render(request, "registrations/wrong_link.html", status=404)


def registrations_of(participant):
    """With all that the personal pages show, the oldest first: of a session's rows the last one counts."""
    related = participant.registrations.select_related("occurrence", "session__season", "session__stream")
    related = availability.with_position(related)
    return related.prefetch_related(offers.slots("session__occurrences")).order_by("registered_at", "pk")


def _found(find, key):
    try:
        return find(key) if key.isprintable() else None
    except ObjectDoesNotExist:
        return None
