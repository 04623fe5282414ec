"""Signing up a delegation: the form, and the page behind the link in the focal point's mail, whose button acts."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_cookie

from registrations import links
from registrations.delegations import delegation
from registrations.delegations.members import Applicants, DelegationMembers
from registrations.enrolment import refusals
from registrations.enrolment.applicant import ChosenSlots
from registrations.forms.delegation import DelegationForm
from registrations.limits import rates, sign_ups
from registrations.models.delegations import TERM
from registrations.people import consent
from registrations.people.identity import fold_address
from registrations.presenters import throttling
from registrations.presenters.check_your_mail import CheckYourMailPage
from registrations.presenters.delegation import DelegationPage, without_lists
from registrations.presenters.delegation_to_confirm import DelegationToConfirm
from registrations.views.support import slot_links, typed_form, unproven
from registrations.views.support.access import WITH_FORM, personal
from registrations.views.support.season_forms import SeasonFormPage
from registrations.views.support.throttling import retry_after
from registrations.views.support.unproven import needs_no_cookie
from sessions.clocks import moment
from sessions.public import snapshot


class Page(SeasonFormPage):
    form_class, page_class = DelegationForm, DelegationPage
    name, template_name, done = "delegation", "registrations/delegation.html", "sign_up:delegation_asked"
    button = gettext_lazy("Sign them up")

    def on_offer(self, programme):
        return without_lists(super().on_offer(programme))

    def register(self, form):
        key, point = form.submission_key(), form.point()
        client = rates.client_of(self.request)
        with sign_ups.one_sign_up(form=key, mailboxes={fold_address(point.email): 1}, client=client):
            delegation.ask(
                season=self.season,
                applicants=Applicants(point, form.named(), consent.given_for_others(self.season)),
                chosen=ChosenSlots(form.occurrence_ids(), has_moved=form.shown.has_moved),
                submission=key,
                now=self.now,
            )


@needs_no_cookie
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True)
def form(request, season):
    page = Page(request, snapshot.of(season))
    if request.method == "POST":
        return page.answer()
    if typed := unproven.typed(request):
        return page.show_again(typed)
    return page.to_correct() or page.show(slot_links.asked_for(request.GET, page.offers))


@require_safe
@vary_on_cookie
def asked(request, season):
    """By what was typed, else the same for everybody."""
    programme = snapshot.of(season)
    typed = typed_form.recent(request, Page.name)
    context = {"season": programme.season, "sender": settings.ORGANIZER_EMAIL, "days": TERM.days}
    context["page"] = CheckYourMailPage(programme, typed) if typed else None
    response = render(request, "registrations/delegation_asked.html", context)
    return typed_form.unkept(response) if typed else response


@require_http_methods(["GET", "HEAD", "POST"])
@personal(links.delegation_behind, referrer_policy=WITH_FORM)
def to_confirm(request, asked):
    now = moment.of(asked.season)
    if request.method != "POST":
        return _ask(request, asked, now)
    try:
        _sign_up(request, asked, now)
    except sign_ups.TooMany as refusal:
        error = throttling.words_of_delegation(refusal, DelegationMembers(asked))
        return retry_after(refusal.seconds, _ask(request, asked, now, error, status=429))
    except (refusals.Refused, delegation.Expired):
        error = _("Something has changed while you looked at this page. Nobody was signed up. Please look again.")
        return _ask(request, asked, now, error, status=409)
    return redirect("registrations:delegation_to_confirm", asked.key)


def _sign_up(request, asked, now):
    chosen = [pk for pk in asked.occurrences if str(pk) in request.POST.getlist("slot")]
    limited = sign_ups.one_sign_up(
        form=asked.key,
        mailboxes=DelegationMembers(asked).mailboxes_written_to(len(chosen)),
        client=rates.client_of(request),
    )
    with limited:
        delegation.sign_up(delegation_id=asked.pk, occurrence_ids=chosen, now=now)


def _ask(request, asked, now, error="", status=200):
    page = DelegationToConfirm(asked, now, error)
    name = "delegation_done" if asked.is_signed_up else "delegation_to_confirm"
    return render(request, f"registrations/{name}.html", {"page": page}, status=status)
