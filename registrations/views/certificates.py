"""A person's certificates: the list with the name that stands on them, one of them, and its file."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registrations import links
from registrations.certificates import erasing, paper
from registrations.enrolment import own_details
from registrations.forms.certificate_name import NameForm
from registrations.forms.person import EraseForm
from registrations.models import Certificate
from registrations.presenters import throttling
from registrations.presenters.certificates import CertificatePage, OwnCertificates
from registrations.presenters.problems import problems_in
from registrations.views.support import unproven
from registrations.views.support.access import WITH_FORM, personal, wrong_link
from registrations.views.support.answers import back_to_my_season
from registrations.views.support.throttling import may_change, seconds_to_wait, wait
from sessions.clocks import moment

WHOLE = ["season", "session", "participant", "replaced_by", "issue"]


@require_http_methods(["GET", "HEAD", "POST"])
@personal(links.participant_behind, referrer_policy=WITH_FORM)
def own(request, participant):
    sent = request.POST if request.method == "POST" else None
    form = NameForm(sent, participant=participant, typed=unproven.typed(request))
    if form.is_valid() and not may_change(participant):
        form.add_error(None, throttling.changes(seconds_to_wait()))
        return wait(_page(request, participant, form, 429))
    if form.is_valid():
        own_details.name_on_certificates(participant=participant, name=form.cleaned_data["certificate_name"])
        return back_to_my_season(request, participant, _("Your name on certificates is saved."))
    return _page(request, participant, form, 422 if form.errors else 200)


@require_safe
@personal(lambda key: _visible(links.certificate_behind(key)))
def show(request, certificate):
    return render(request, "registrations/certificate.html", {"page": CertificatePage(certificate)})


@require_safe
@personal(lambda key: _visible(links.certificate_behind(key)))
def download(request, certificate):
    if not certificate.is_standing:
        return wrong_link(request)
    response = HttpResponse(paper.of(certificate), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="minamata-{certificate.season.slug}-certificate.pdf"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@personal(lambda key: _visible(links.certificate_behind(key)), referrer_policy=WITH_FORM)
def erase(request, certificate):
    """For a speaker who is not registered: others erase all that is stored about them on a page of their own."""
    if certificate.participant:
        return redirect("registrations:erase", certificate.participant.key)
    form = EraseForm(request.POST if request.method == "POST" else None, initial=unproven.typed(request))
    if form.is_valid():
        erasing.forget_one(certificate_id=certificate.pk, now=moment.now())
        return redirect(links.in_language(reverse("registrations:erased"), get_language()))
    context = {"form": form, "problems": problems_in(form), "certificate": certificate}
    return render(request, "registrations/erase_certificate.html", context, status=422 if form.errors else 200)


def _visible(certificate) -> Certificate | None:
    """None while staff may take back that it was issued."""
    return certificate if certificate.is_visible(moment.of(certificate.season)) else None


def _page(request, participant, form, status):
    found = participant.certificates.visible(moment.of(participant.season)).exclude(number="").select_related(*WHOLE)
    page = OwnCertificates(list(found.prefetch_related("entries").order_by("issued_at", "pk")), participant)
    context = {"page": page, "form": form, "problems": problems_in(form), "participant": participant}
    return render(request, "registrations/own_certificates.html", context, status=status)
