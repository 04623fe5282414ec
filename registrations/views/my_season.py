"""A person's own page: what they are registered for, their details, their calendar."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registrations import links
from registrations.calendar import itip
from registrations.enrolment import own_details
from registrations.forms.person import DetailsForm
from registrations.presenters import throttling
from registrations.presenters.my_season import my_season
from registrations.presenters.problems import problems_in
from registrations.views.support.access import WITH_FORM, personal, registrations_of, wrong_link
from registrations.views.support.throttling import may_change, seconds_to_wait, wait
from sessions.clocks import dates, moment


@require_safe
@personal(links.participant_behind)
def overview(request, participant):
    now = moment.now()
    page = my_season(participant, registrations_of(participant, now), now)
    return render(request, "registrations/my_season.html", {"page": page, "participant": participant})


@require_http_methods(["GET", "HEAD", "POST"])
@personal(links.participant_behind, referrer_policy=WITH_FORM)
def details(request, participant):
    sent = request.POST if request.method == "POST" else None
    form = DetailsForm(sent, participant=participant, now=moment.now())
    if form.is_valid() and not may_change(participant):
        form.add_error(None, throttling.changes(seconds_to_wait()))
        return wait(_details_page(request, participant, form, 429))
    if form.is_valid() and _corrected(participant, form):
        messages.success(request, _corrected_words(participant, form.cleaned_data["timezone"]))
        return redirect("registrations:my_season", participant.key)
    return _details_page(request, participant, form, 422 if form.errors else 200)


@require_safe
@personal(links.participant_behind)
def calendar(request, participant):
    registrations = _with_entries(participant.registrations.confirmed().order_by("occurrence__starts_at", "pk"))
    if not registrations:
        # A calendar without an entry is none (RFC 5545 3.6), and programs say so in words that nobody understands.
        return render(request, "registrations/no_calendar.html", {"participant": participant}, status=404)
    return _download(registrations, participant.season.slug)


@require_safe
@personal(links.participant_behind)
def session_calendar(request, participant, slug):
    of_session = _with_entries(
        participant.registrations.filter(session__slug=slug).order_by("-registered_at", "-pk")[:1]
    )
    has_entry = of_session and not of_session[0].is_waiting
    return _download(of_session, slug) if has_entry else wrong_link(request)


def _corrected_words(participant, zone) -> str:
    """With the sessions that are at night in a new zone; the page that the person sees next offers the other slots."""
    words = _("Your details are corrected.")
    if zone == participant.timezone:
        return words
    participant.timezone, now = zone, moment.now()
    nights = my_season(participant, registrations_of(participant, now), now).at_night
    if not nights:
        return words
    listed = dates.listed(f"“{entry.session.title}” ({entry.time.reader.hours})" for entry in nights)
    return f"{words} {_('At night for you now: %(sessions)s.') % {'sessions': listed}}"


def _details_page(request, participant, form, status):
    context = {"form": form, "problems": problems_in(form, {NON_FIELD_ERRORS: "send"}), "participant": participant}
    return render(request, "registrations/details.html", context, status=status)


def _with_entries(registrations) -> list:
    return list(registrations.select_related("participant", "occurrence__session__season", "session__season"))


def _download(registrations, name):
    response = HttpResponse(itip.publish(registrations), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def _corrected(participant, form) -> bool:
    try:
        own_details.correct(participant=participant, details=form.details())
    except own_details.NameTaken:
        form.add_error("name", _("Somebody with this name uses the same mailbox already. Please write another name."))
        return False
    return True
