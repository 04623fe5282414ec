"""The page of an invitation: opened, accepted and declined by the invited person; anybody else can ask."""

from functools import wraps

from django.db.models import prefetch_related_objects
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from registrations import links
from registrations.enrolment import refusals
from registrations.forms.invitation import AcceptForm, AddressForm, AskForm
from registrations.invitations import requests, responding
from registrations.limits import rates
from registrations.people import consent
from registrations.presenters.invitation import InvitationPage
from registrations.presenters.problems import problems_in
from registrations.presenters.ways_out import TAKE
from registrations.seats import offers
from registrations.views.support import unproven
from registrations.views.support.access import WITH_FORM, personal, wrong_link
from sessions.clocks import moment
from sessions.clocks.reader import reader_of

TOO_MANY_TRIES = gettext_lazy("This was tried too often. Please wait an hour, then type the address once more.")
TOO_MANY_REQUESTS = gettext_lazy("Too many requests came from your network. Please try again in an hour.")
ANCHORS = {"slot": "slots", "calendar_entries": "calendar-entries"}


def _invitation_page(view):
    """The view gets the InvitationPage of a valid invitation; a withdrawn one has a page that says so, and no more."""

    @personal(links.invitation_behind, referrer_policy=WITH_FORM)
    @wraps(view)
    def answer(request, invitation, **kwargs):
        if invitation.withdrawn_at:
            return render(request, "registrations/invitation_withdrawn.html", status=410)
        prefetch_related_objects([invitation.session], offers.slots(), "speakers")
        season = invitation.session.season
        page = InvitationPage(invitation, moment.of(season), reader_of(request, season).zone)
        return view(request, page, **kwargs)

    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@_invitation_page
def invitation(request, page):
    registration = page.invitation.registration
    if registration and not registration.is_cancelled:
        return _show(request, "accepted", page)
    if not page.slots:
        return _show(request, "closed", page)
    if request.method == "POST" and "open" in request.POST:
        responding.open(invitation_id=page.invitation.pk, now=page.now)
        return redirect("registrations:invitation", page.invitation.key)
    if page.invitation.opened_at is None:
        return _show(request, "sealed", page)
    if request.method != "POST" or TAKE in request.POST:
        return _show(request, "open", page, _accept_form(request, page))
    return _accept(request, page)


@require_http_methods(["GET", "HEAD", "POST"])
@_invitation_page
def decline(request, page):
    sent = request.POST if request.method == "POST" else None
    form = AddressForm(sent, initial=unproven.typed(request), invitation=page.invitation)
    if sent is None:
        return _show(request, "decline", page, form)
    if status := _wrong(request, page, form):
        return _show(request, "decline", page, form, status=status)
    responding.ask_whether_to_decline(invitation_id=page.invitation.pk, now=page.now)
    return redirect("registrations:asked_to_decline", page.invitation.key)


@require_safe
@_invitation_page
def asked_to_decline(request, page):
    return _show(request, "decline_asked", page)


@require_http_methods(["GET", "HEAD", "POST"])
@_invitation_page
def decline_by_mail(request, page, proof):
    if not constant_time_compare(proof, links.proof_of(page.invitation)):
        return wrong_link(request)
    if request.method != "POST":
        return _show(request, "decline_by_mail", page)
    responding.decline(invitation_id=page.invitation.pk, now=page.now)
    return redirect("registrations:invitation", page.invitation.key)


@require_http_methods(["GET", "HEAD", "POST"])
@_invitation_page
def ask(request, page):
    """The answer is the same for every address."""
    form = AskForm(request.POST if request.method == "POST" else None, initial=unproven.typed(request))
    if not form.is_valid():
        return _show(request, "ask", page, form, status=422 if form.is_bound else 200)
    if not rates.take(rates.REQUESTS_OF_A_CLIENT, rates.client_of(request)):
        form.add_error("email", TOO_MANY_REQUESTS)
        return _show(request, "ask", page, form, status=429)
    requests.ask(invitation_id=page.invitation.pk, now=page.now, **form.cleaned_data)
    return redirect("registrations:asked_for_invitation", page.invitation.key)


@require_safe
@_invitation_page
def asked(request, page):
    return _show(request, "asked", page)


def _accept(request, page):
    form = _accept_form(request, page)
    if status := _wrong(request, page, form):
        return _show(request, "open", page, form, status=status)
    try:
        responding.accept(
            invitation_id=page.invitation.pk,
            applicant=form.applicant(consent.given(page.season)),
            occurrence_id=form.chosen.slot.pk,
            waits=form.chosen.waits,
            has_moved=form.shown.has_moved,
            now=page.now,
        )
    except responding.Withdrawn:
        return render(request, "registrations/invitation_withdrawn.html", status=410)
    except refusals.Refused as refusal:
        return _refused(request, page, form, refusal)
    return redirect("registrations:invitation", page.invitation.key)


def _accept_form(request, page) -> AcceptForm:
    invited = page.invitation
    initial = {
        "organisation": invited.organisation,
        "language": invited.reads,
        "timezone": page.zone if reader_of(request, page.season).is_known else "",
    }
    sent, typed = request.POST if request.method == "POST" else None, unproven.typed(request)
    if TAKE in request.POST:
        # The button beside a slot at night brings the form back with its choice made.
        sent, typed = None, request.POST
    if typed:
        initial |= AcceptForm.typed(typed, page.slots)
    given = {"invitation": invited, "slots": page.slots, "questions": page.questions, "now": page.now}
    return AcceptForm(sent, initial=initial, **given)


def _wrong(request, page, form) -> int | None:
    """The status of the answer to a form with errors; only wrong addresses use up tries."""
    whom = f"{page.invitation.pk} {rates.client_of(request)}"
    may_try = rates.take(rates.ADDRESSES_TRIED, whom)
    is_valid = form.is_valid()
    if not may_try:
        # Whether the address would have been right must not show.
        form.errors.pop("email", None)
        form.add_error("email", TOO_MANY_TRIES)
        return 429
    if "email" not in form.errors:
        rates.give_back(rates.ADDRESSES_TRIED, whom)
    return None if is_valid else 422


def _refused(request, page, form, refusal):
    """The page again, with the slots as they are after the refusal."""
    fresh = links.invitation_behind(page.invitation.key)
    prefetch_related_objects([fresh.session], offers.slots(), "speakers")
    page = InvitationPage(fresh, page.now, page.zone)
    words = _("This time slot filled up or closed while you wrote. Please choose again.")
    if isinstance(refusal, refusals.SlotMoved):
        words = _(
            "This time slot was moved while you wrote. Look whether its new hour suits you, and send the form again."
        )
    form.add_error("slot", words)
    return _show(request, "open" if page.slots else "closed", page, form, status=409)


def _show(request, name, page, form=None, status=200):
    page = InvitationPage(page.invitation, page.now, page.zone, form)
    problems = problems_in(form, ANCHORS | getattr(form, "anchors_of_questions", {})) if form else []
    context = {"page": page, "form": form, "problems": problems}
    return render(request, f"registrations/invitation_{name}.html", context, status=status)
