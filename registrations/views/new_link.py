"""Another address for a person's pages, which only their mailbox learns."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from registrations import links
from registrations.enrolment import personal_links
from registrations.views.support import reading_language
from registrations.views.support.access import WITH_FORM, personal
from sessions.clocks import moment


@require_http_methods(["GET", "HEAD", "POST"])
@personal(links.participant_behind, referrer_policy=WITH_FORM)
def renew(request, participant):
    if request.method != "POST":
        return render(request, "registrations/renew_key.html", {"participant": participant})
    personal_links.renew_key(participant=participant, now=moment.of(participant.season))
    return redirect(links.in_language(reverse("registrations:key_renewed"), get_language()))


@require_safe
@reading_language.of_nobody
def renewed(request):
    return render(request, "registrations/key_renewed.html", {"sender": settings.ORGANIZER_EMAIL})
