"""Signing up for sessions of a season, without an account."""

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from registrations import consent, enrolment, limits, offers, robot_traps, sign_up_limits
from registrations.forms import SignUpForm
from registrations.mailboxes import fold_address
from registrations.presenters import too_many
from registrations.presenters.sign_up import ClosedPage, SignUpPage
from sessions.models import Season
from sessions.reader import reader_of


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True)
def sign_up(request, season):
    season = get_object_or_404(Season.objects.published(), slug=season)
    now = timezone.now()
    if request.method != "POST":
        return _show(request, season, now, initial=_asked_for(request.GET))
    if "show_times" in request.POST:
        return _show(request, season, now, initial=SignUpForm.typed(request.POST))
    return _send(request, season, now)


@require_safe
def check_your_mail(request, season):
    """The same for everybody: it must not tell who is registered."""
    season = get_object_or_404(Season.objects.published(), slug=season)
    context = {"season": season, "sender": settings.ORGANIZER_EMAIL}
    return render(request, "registrations/check_your_mail.html", context)


def _asked_for(query) -> dict:
    """What the link ticks: sessions, and whether a full one among them, too."""
    return {"session": query.getlist("session"), "wait": "wait" in query}


def _show(request, season, now, *, initial):
    reader = reader_of(request, season)
    zone = reader.zone if reader.is_known else ""
    form = SignUpForm(initial={"timezone": zone} | initial, offers=offers.in_season(season, now), now=now)
    return _page(request, SignUpPage(season, form, reader), now)


def _send(request, season, now):
    reader = reader_of(request, season)
    form = _sent_form(request, season, now)
    if form.is_valid() and robot_traps.caught(request.POST, now):
        form.add_error(None, too_many.press_again())
    if not form.is_valid():
        return _page(request, SignUpPage(season, form, reader), now, status=422)
    try:
        _register(request, season, form, now)
    except sign_up_limits.TooMany as refusal:
        form.add_error(*too_many.error(refusal, form.cleaned_data["timezone"]))
        response = _page(request, SignUpPage(season, form, reader), now, status=429)
        response["Retry-After"] = refusal.seconds
        return response
    except enrolment.Refused as refusal:
        form = _sent_form(request, season, now)
        return _page(request, SignUpPage(season, form, reader, refusal), now, status=409)
    return redirect("registrations:check_your_mail", season.slug)


def _register(request, season, form, now):
    limited = sign_up_limits.one_sign_up(
        form=form.submission_key(),
        mailboxes={fold_address(form.cleaned_data["email"]): sign_up_limits.times(len(form.ticked()))},
        client=limits.client_of(request),
    )
    with limited:
        enrolment.register(
            season=season,
            email=form.cleaned_data["email"],
            details=form.details(),
            consent=enrolment.Consent(consent.VERSION, consent.text(season)),
            occurrence_ids=form.occurrence_ids(),
            submission=form.submission_key(),
            wishes=form.wishes(),
            waits_for=form.waits_for(),
            now=now,
        )


def _sent_form(request, season, now):
    return SignUpForm(request.POST, offers=offers.in_season(season, now), now=now)


def _page(request, page, now, status=200):
    if page.is_open:
        return render(request, "registrations/sign_up.html", {"page": page, "form": page.form}, status=status)
    closed = ClosedPage(page.season, page.form.offers, page.reader, now)
    return render(request, "registrations/sign_up_closed.html", {"page": closed}, status=status)
