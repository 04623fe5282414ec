"""The page of a session for one of its people, with what was published: the only one that a hidden session has."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from registrations import links
from registrations.presenters.entries import Entry
from registrations.presenters.my_session import OwnSession
from registrations.presenters.own_season import registration_for
from registrations.views.support.access import personal, wrong_link
from sessions.clocks import moment
from sessions.materials import downloads, player


def _of_ones_own(participant, slug):
    """The person's registration for the session, unless they cancelled it."""
    registration = registration_for(participant, slug)
    return None if registration is None or registration.is_cancelled else registration


@require_safe
@personal(links.participant_behind)
def own_session(request, participant, slug):
    registration = _of_ones_own(participant, slug)
    if registration is None:
        return wrong_link(request)
    page = OwnSession(registration, moment.of(participant.season))
    response = render(request, "registrations/own_session.html", {"page": page})
    return player.allow(response, registration.session.materials.all())


@require_safe
@personal(links.participant_behind)
def add_by_hand(request, participant, slug):
    """The entry for calendars that read no mail of ours; of a session that is over or cancelled my season says so."""
    registration = registration_for(participant, slug)
    if registration is None:
        return wrong_link(request)
    entry = Entry(registration, participant, moment.of(participant.season))
    if not entry.takes_place:
        return redirect("registrations:my_season", participant.key)
    return render(request, "registrations/add_by_hand.html", {"entry": entry, "participant": participant})


@require_safe
@personal(links.participant_behind)
def own_file(request, participant, slug, pk):
    registration = _of_ones_own(participant, slug)
    if registration is None:
        return wrong_link(request)
    material = get_object_or_404(registration.session.materials.exclude(file=""), pk=pk)
    response = downloads.answer(request, material)
    # Not as a public file: the address is the person's key.
    response["Cache-Control"] = "no-store"
    return response
