"""The page on which somebody whom a focal point has named says yes."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from registrations import links
from registrations.delegations import confirming
from registrations.people import consent
from registrations.presenters.delegation import TakePartPage
from registrations.presenters.my_season import my_season
from registrations.presenters.own_season import questions_in, registrations_of
from registrations.views.support.access import WITH_FORM, personal
from registrations.views.support.answers import back_to_my_season, to_questions
from sessions.clocks import moment


@require_http_methods(["GET", "HEAD", "POST"])
@personal(links.participant_behind, referrer_policy=WITH_FORM)
def take_part(request, participant):
    now = moment.of(participant.season)
    if request.method != "POST":
        page = TakePartPage(participant, _season_of(participant, now))
        return render(request, "registrations/take_part.html", {"page": page, "participant": participant})
    if confirming.confirm(participant=participant, consent=consent.given(participant.season), now=now):
        participant.refresh_from_db(fields=["confirmed_at"])
        asked = _season_of(participant, now, questions=questions_in(participant.season)).asked
        next_page = to_questions if asked else back_to_my_season
        return next_page(request, participant, _("Thank you. A mail with your links is on its way."))
    return redirect("registrations:my_season", participant.key)


def _season_of(participant, now, *, questions=()):
    return my_season(participant, registrations_of(participant, now), now, questions=questions)
