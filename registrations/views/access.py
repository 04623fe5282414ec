"""What every page behind a personal address has in common."""

from functools import wraps

from django.core.exceptions import ObjectDoesNotExist
from django.shortcuts import render

from registrations.models import Registration
from registrations.seats import availability, offers

WITHOUT_FORM = "no-referrer"
# With "no-referrer" browsers send "Origin: null" with a form to our own site (Fetch, "append a request Origin header"),
# and old ones, which send no Origin, leave the Referer away too: Django's CSRF check refuses both. This policy tells
# nobody more than our host's name, and never the key.
WITH_FORM = "strict-origin"
# Made once: to name all this to Django takes as long as to ask the database.
REGISTRATIONS = (
    availability.with_position(Registration.objects.select_related("session__stream"))
    .prefetch_related(offers.slots("session__occurrences"))
    .order_by("registered_at", "pk")
)


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


def registrations_of(participant) -> list[Registration]:
    """With all that the personal pages show, the oldest first: of a session's rows the last one counts."""
    return _known(participant, REGISTRATIONS.filter(participant=participant))


def registration_for(participant, slug) -> Registration | None:
    """The one that counts for the session, loaded in the same way."""
    found = _known(participant, REGISTRATIONS.filter(participant=participant, session__slug=slug))
    return found[-1] if found else None


def _known(participant, registrations) -> list[Registration]:
    """Tied to what is loaded already: the person, their season, the slots of the session."""
    for registration in registrations:
        registration.participant, registration.session.season = participant, participant.season
        slots = registration.session.occurrences.all()
        registration.occurrence = next(slot for slot in slots if slot.pk == registration.occurrence_id)
    return list(registrations)


def _found(find, key):
    try:
        return find(key) if key.isprintable() else None
    except ObjectDoesNotExist:
        return None
