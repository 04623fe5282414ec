"""Signing up a delegation."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from registrations import consent, delegation, enrolment, limits, offers, robot_traps, sign_up_limits
from registrations.delegation_form import DelegationForm
from registrations.presenters import too_many
from registrations.presenters.delegation import DelegationPage, without_lists
from registrations.presenters.sign_up import ClosedPage
from sessions import public_programme
from sessions.models import Season
from sessions.reader import reader_of


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True)
def sign_up(request, season):
    season = get_object_or_404(Season.objects.published(), slug=season)
    now = timezone.now()
    if request.method != "POST":
        return _show(request, season, now, initial={"session": request.GET.getlist("session")})
    if "show_times" in request.POST or "add_lines" in request.POST:
        return _show(request, season, now, initial=DelegationForm.typed(request.POST))
    return _send(request, season, now)


def _show(request, season, now, *, initial):
    reader = reader_of(request, season)
    zone = {"timezone": reader.zone if reader.is_known else ""}
    form = DelegationForm(initial=zone | initial, offers=_offers(season, now), now=now)
    return _page(request, DelegationPage(season, form, reader), now)


def _send(request, season, now):
    reader = reader_of(request, season)
    form = _sent_form(request, season, now)
    if form.is_valid() and robot_traps.caught(request.POST, now):
        form.add_error(None, too_many.press_again())
    if not form.is_valid():
        return _page(request, DelegationPage(season, form, reader), now, status=422)
    try:
        _sign_up(request, season, form, now)
    except sign_up_limits.TooMany as refusal:
        form.refuse(refusal, too_many.words(refusal, form.cleaned_data["timezone"]))
        response = _page(request, DelegationPage(season, form, reader), now, status=429)
        response["Retry-After"] = refusal.seconds
        return response
    except enrolment.Refused as refusal:
        public_programme.at_once(season.slug)
        form = _sent_form(request, season, now)
        return _page(request, DelegationPage(season, form, reader, refusal), now, status=409)
    return redirect("registrations:check_your_mail", season.slug)


def _sign_up(request, season, form, now):
    form_key = form.submission_key()
    client = limits.client_of(request)
    with sign_up_limits.one_sign_up(form=form_key, mailboxes=form.mailboxes(), client=client):
        delegation.sign_up(
            season=season,
            point=form.point(),
            named=form.named(),
            consent=enrolment.Consent(consent.VERSION, consent.text_for_others(season)),
            occurrence_ids=form.occurrence_ids(),
            submission=form_key,
            now=now,
        )


def _sent_form(request, season, now):
    return DelegationForm(request.POST, offers=_offers(season, now), now=now)


def _offers(season, now):
    return without_lists(offers.in_programme(public_programme.of(season.slug), now))


def _page(request, page, now, status=200):
    if page.is_open:
        return render(request, "registrations/delegation.html", {"page": page, "form": page.form}, status=status)
    closed = ClosedPage(page.season, page.form.offers, page.reader, now)
    return render(request, "registrations/sign_up_closed.html", {"page": closed}, status=status)
