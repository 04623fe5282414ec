"""Signing up a delegation: the form, and the page behind the link in the focal point's mail, whose button acts."""

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from registrations import links
from registrations.delegations import delegation
from registrations.delegations.party import Party
from registrations.enrolment import enrolment
from registrations.forms.delegation import DelegationForm
from registrations.limits import bots, rates, sign_ups
from registrations.people import consent
from registrations.people.identity import fold_address
from registrations.presenters import throttling
from registrations.presenters.delegation import DelegationPage, without_lists
from registrations.presenters.delegation_to_confirm import DelegationToConfirm
from registrations.presenters.sign_up import ClosedPage
from registrations.seats import offers
from registrations.views.access import WITH_FORM, personal
from sessions.clocks import moment
from sessions.clocks.reader import reader_of
from sessions.models import Season
from sessions.public import snapshot


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True)
def form(request, season):
    season = get_object_or_404(Season.objects.published(), slug=season)
    now = moment.now()
    if request.method != "POST":
        return _show(request, season, now, initial={"session": request.GET.getlist("session")})
    if "show_times" in request.POST or "add_lines" in request.POST:
        return _show(request, season, now, initial=DelegationForm.typed(request.POST))
    return _send(request, season, now)


@require_safe
def asked(request, season):
    """The same for everybody."""
    season = get_object_or_404(Season.objects.published(), slug=season)
    context = {"season": season, "sender": settings.ORGANIZER_EMAIL}
    return render(request, "registrations/delegation_asked.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@personal(links.delegation_behind, referrer_policy=WITH_FORM)
def to_confirm(request, asked):
    now = moment.now()
    if request.method != "POST":
        return _ask(request, asked, now)
    try:
        _sign_up(request, asked, now)
    except sign_ups.TooMany as refusal:
        response = _ask(request, asked, now, throttling.words_of_delegation(refusal, Party(asked)), status=429)
        response["Retry-After"] = refusal.seconds
        return response
    except (enrolment.Refused, delegation.Expired):
        error = _("Something has changed while you looked at this page. Nobody was signed up. Please look again.")
        return _ask(request, asked, now, error, status=409)
    return redirect("registrations:delegation_to_confirm", asked.key)


def _sign_up(request, asked, now):
    chosen = [pk for pk in asked.occurrences if str(pk) in request.POST.getlist("slot")]
    limited = sign_ups.one_sign_up(
        form=asked.key,
        mailboxes=Party(asked).mailboxes_written_to(len(chosen)),
        client=rates.client_of(request),
    )
    with limited:
        delegation.sign_up(delegation_id=asked.pk, occurrence_ids=chosen, now=now)


def _ask(request, asked, now, error="", status=200):
    page = DelegationToConfirm(asked, now, error)
    name = "delegation_done" if asked.is_signed_up else "delegation_to_confirm"
    return render(request, f"registrations/{name}.html", {"page": page}, status=status)


def _show(request, season, now, *, initial):
    reader = reader_of(request, season)
    zone = {"timezone": reader.zone if reader.is_known else ""}
    typed = DelegationForm(initial=zone | initial, offers=_offers(season, now), now=now)
    return _page(request, DelegationPage(season, typed, reader), now)


def _send(request, season, now):
    reader = reader_of(request, season)
    sent = _sent_form(request, season, now)
    if sent.is_valid() and bots.caught(request.POST):
        sent.add_error(None, throttling.press_again())
    if not sent.is_valid():
        return _page(request, DelegationPage(season, sent, reader), now, status=422)
    try:
        _keep(request, season, sent, now)
    except sign_ups.TooMany as refusal:
        sent.add_error(*throttling.error(refusal, sent.cleaned_data["timezone"]))
        response = _page(request, DelegationPage(season, sent, reader), now, status=429)
        response["Retry-After"] = refusal.seconds
        return response
    except enrolment.Refused as refusal:
        snapshot.at_once(season.slug)
        sent = _sent_form(request, season, now)
        return _page(request, DelegationPage(season, sent, reader, refusal), now, status=409)
    return redirect("registrations:delegation_asked", season.slug)


def _keep(request, season, sent, now):
    key, point = sent.submission_key(), sent.point()
    client = rates.client_of(request)
    with sign_ups.one_sign_up(form=key, mailboxes={fold_address(point.email): 1}, client=client):
        delegation.ask(
            season=season,
            point=point,
            named=sent.named(),
            consent=enrolment.Consent(consent.VERSION, consent.text_for_others(season)),
            occurrence_ids=sent.occurrence_ids(),
            submission=key,
            now=now,
        )


def _sent_form(request, season, now):
    return DelegationForm(request.POST, offers=_offers(season, now), now=now)


def _offers(season, now):
    return without_lists(offers.in_programme(snapshot.of(season.slug), now))


def _page(request, page, now, status=200):
    if page.is_open:
        return render(request, "registrations/delegation.html", {"page": page, "form": page.form}, status=status)
    closed = ClosedPage(page.season, page.form.offers, page.reader, now)
    return render(request, "registrations/sign_up_closed.html", {"page": closed}, status=status)
