"""A person's own calendar to subscribe to, and another address for it."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registrations import links
from registrations.calendar import my_feed
from registrations.enrolment import personal_links
from registrations.views.support.access import WITH_FORM, personal
from registrations.views.support.answers import back_to_my_season
from sessions.calendar.http import ONE_PERSONS, answer, mark_of, unchanged


@require_safe
@personal(my_feed.behind)
def feed(request, state):
    """Programs ask every few hours, and nearly always nothing is new: then no calendar is made."""
    if "If-None-Match" in request.headers or "If-Modified-Since" in request.headers:
        known = unchanged(request, my_feed.mark_of(state, mark_of), cache=ONE_PERSONS)
        if known:
            return known
    name = f"minamata-{state.person.slug}-my-sessions"
    return answer(request, my_feed.of(state), filename=name, cache=ONE_PERSONS)


@require_http_methods(["GET", "HEAD", "POST"])
@personal(links.participant_behind, referrer_policy=WITH_FORM)
def renew(request, participant):
    if request.method != "POST":
        return render(request, "registrations/renew_feed_key.html", {"participant": participant})
    personal_links.renew_feed_key(participant=participant)
    words = _("Your calendar has a new address. Subscribe again with it: the old one stopped working.")
    return back_to_my_season(request, participant, words)
