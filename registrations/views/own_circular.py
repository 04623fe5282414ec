"""A circular to everybody of a session, a time slot or the season, for somebody who belongs to them."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from registrations import links
from registrations.circulars import on_pages
from registrations.presenters.own_circulars import OwnCircular, OwnCircularPage
from registrations.views.support.access import personal, wrong_link
from sessions import marked
from sessions.clocks import moment


@require_safe
@personal(links.participant_behind)
def own_circular(request, participant, circular):
    registrations = list(participant.registrations.active().select_related("session").order_by("session__title", "pk"))
    found = on_pages.of_person(participant, registrations, now=moment.of(participant.season))
    shown = next((each for each in found if each.circular.pk == circular), None)
    if shown is None:
        return wrong_link(request)
    titles = [marked.words(each.session, "title") for each in registrations if each.session_id in shown.sessions]
    page = OwnCircularPage(OwnCircular(shown, participant), titles)
    return render(request, "registrations/own_circular.html", {"page": page, "participant": participant})
