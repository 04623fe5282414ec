"""Signing up for sessions of a season, without an account."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_cookie

from registrations.enrolment import enrolment
from registrations.forms.sign_up import SignUpForm
from registrations.limits import bots, rates, sign_ups
from registrations.people import consent
from registrations.people.identity import fold_address
from registrations.presenters import throttling
from registrations.presenters.sign_up import ClosedPage, SignUpPage
from registrations.seats import offers
from registrations.views import cached_form
from sessions.clocks import moment
from sessions.clocks.reader import reader_of
from sessions.public import response_cache, snapshot


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True)
def sign_up(request, season):
    programme, now = snapshot.of(season), moment.now()
    on_offer, reader = offers.in_programme(programme, now), reader_of(request, programme.season)
    if request.method == "POST" and "show_times" not in request.POST:
        return _send(request, programme.season, on_offer, reader, now)
    if request.method == "POST":
        return _show(request, programme.season, on_offer, reader, now, SignUpForm.typed(request.POST))
    initial = _asked_for(request.GET, on_offer)

    def show():
        return _show(request, programme.season, on_offer, reader, now, initial)

    return cached_form.answer(request, programme, on_offer, reader, initial, now, show)


@require_safe
@vary_on_cookie
def check_your_mail(request, season):
    """The same for everybody: it must not tell who is registered."""
    programme = snapshot.of(season)
    context = {"season": programme.season, "sender": settings.ORGANIZER_EMAIL}

    def show():
        return render(request, "registrations/check_your_mail.html", context)

    return response_cache.page(request, programme, reader_of(request, programme.season), moment.now(), show)


def _asked_for(query, on_offer) -> dict:
    """What the link ticks: sessions, and whether a full one among them, too."""
    known = {offer.session.slug for offer in on_offer}
    return {"session": [slug for slug in query.getlist("session") if slug in known], "wait": "wait" in query}


def _show(request, season, on_offer, reader, now, initial):
    zone = reader.zone if reader.is_known else ""
    form = SignUpForm(initial={"timezone": zone} | initial, offers=on_offer, now=now)
    return _page(request, SignUpPage(season, form, reader), now)


def _send(request, season, on_offer, reader, now):
    form = SignUpForm(request.POST, offers=on_offer, now=now)
    if form.is_valid() and bots.caught(request.POST):
        form.add_error(None, throttling.press_again())
    if not form.is_valid():
        return _page(request, SignUpPage(season, form, reader), now, status=422)
    try:
        _register(request, season, form, now)
    except sign_ups.TooMany as refusal:
        form.add_error(*throttling.error(refusal, form.cleaned_data["timezone"]))
        response = _page(request, SignUpPage(season, form, reader), now, status=429)
        response["Retry-After"] = refusal.seconds
        return response
    except enrolment.Refused as refusal:
        on_offer = offers.in_programme(snapshot.at_once(season.slug), now)
        form = SignUpForm(request.POST, offers=on_offer, now=now)
        return _page(request, SignUpPage(season, form, reader, refusal), now, status=409)
    return redirect("registrations:check_your_mail", season.slug)


def _register(request, season, form, now):
    limited = sign_ups.one_sign_up(
        form=form.submission_key(),
        mailboxes={fold_address(form.cleaned_data["email"]): sign_ups.times(len(form.ticked()))},
        client=rates.client_of(request),
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


def _page(request, page, now, status=200):
    if page.is_open:
        return render(request, "registrations/sign_up.html", {"page": page, "form": page.form}, status=status)
    closed = ClosedPage(page.season, page.form.offers, page.reader, now)
    return render(request, "registrations/sign_up_closed.html", {"page": closed}, status=status)
