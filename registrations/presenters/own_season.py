"""What the pages of one person show of a season: their registrations, and the sessions that they may add."""

from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.http import Http404

from registrations.models import AskedQuestion, Registration
from registrations.seats import availability, offers
from sessions.public import snapshot

# Made once: to name all this to Django takes as long as to ask the database.
ASKED = AskedQuestion.objects.filter(participant=OuterRef("participant"), question__session=OuterRef("session"))
WITH_ASKED = Registration.objects.order_by("registered_at", "pk").annotate(has_asked=Exists(ASKED))
REGISTRATIONS = availability.with_position(WITH_ASKED)
WITH_SESSION = REGISTRATIONS.select_related("session__stream").prefetch_related(offers.slots("session__occurrences"))


def registrations_of(participant, now) -> list[Registration]:
    """With all that the personal pages show, the oldest first: of a session's rows the last one counts.

    Sessions that everybody may see are as they were at most PROGRAMME_SECONDS ago; seats are those of this very moment.
    """
    return _registrations(participant, _present_slots(participant.season, now))


def offers_to(participant, now) -> list[offers.Offer]:
    """The sessions of the person's season, as `registrations_of` finds them; none while it is not published."""
    present = _present_slots(participant.season, now)
    return present.offers if present else []


def season_of(participant, now) -> tuple[list[Registration], list[offers.Offer]]:
    """`registrations_of` and `offers_to`, with one look at the seats."""
    present = _present_slots(participant.season, now)
    return _registrations(participant, present), present.offers if present else []


def questions_in(season) -> list:
    """What the season and its sessions ask; none while it is not published."""
    try:
        return snapshot.of(season.slug).questions
    except Http404:
        return []


def read_again(season):
    """The programme as it is now, for the pages of this moment: what somebody was told about it is not so any more."""
    try:
        snapshot.at_once(season.slug)
    except Http404:
        # Not published any more: `offers_to` has none.
        return


def registration_for(participant, slug) -> Registration | None:
    """The one that counts for the session, with the session as it is now."""
    found = _tied(participant, list(WITH_SESSION.filter(participant=participant, session__slug=slug)))
    return found[-1] if found else None


def _present_slots(season, now) -> offers.PresentSlots | None:
    try:
        return offers.PresentSlots(snapshot.of(season.slug), now)
    except Http404:
        return None


def _registrations(participant, present) -> list[Registration]:
    found = list(REGISTRATIONS.filter(participant=participant))
    public = present.sessions({registration.session_id for registration in found}) if present else {}
    others = []
    for registration in found:
        if _has_slot_of(public.get(registration.session_id), registration):
            registration.session = public[registration.session_id]
        else:
            others.append(registration)
    prefetch_related_objects(others, "session__stream", "session__materials", offers.slots("session__occurrences"))
    return _tied(participant, found)


def _has_slot_of(session, registration) -> bool:
    return session is not None and any(slot.pk == registration.occurrence_id for slot in session.slots)


def _tied(participant, registrations) -> list[Registration]:
    """To what is loaded already: the person, their season, the slots of the session."""
    for registration in registrations:
        registration.participant, registration.session.season = participant, participant.season
        slots = registration.session.slots
        registration.occurrence = next(slot for slot in slots if slot.pk == registration.occurrence_id)
    return registrations
