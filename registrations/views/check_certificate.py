"""Anybody checks a certificate by its number and the name on it."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from registrations.certificates import checking
from registrations.certificates.words import CertificateWords
from registrations.forms.check import CheckForm
from registrations.limits import rates
from registrations.presenters.problems import problems_in
from registrations.views.support import unproven
from registrations.views.support.access import WITH_FORM, kept_private
from registrations.views.support.throttling import retry_after
from sessions.clocks import moment


@unproven.needs_no_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def check(request, number=""):
    """The page of an address with a number is the same for any number: only a form that is sent is compared."""
    known = unproven.typed(request) or {"number": number}
    form = CheckForm(request.POST) if request.method == "POST" else CheckForm(initial=known)
    return kept_private(_answer(request, form), WITH_FORM)


def _answer(request, form):
    if not form.is_bound or not form.is_valid():
        return _page(request, form, status=422 if form.is_bound else 200)
    client = rates.client_of(request)
    if not rates.take(rates.CERTIFICATES_CHECKED, client):
        form.add_error(None, _("Too many certificates were checked from your network. Please try again in a minute."))
        return retry_after(rates.CERTIFICATES_CHECKED.seconds, _page(request, form, status=429))
    found = checking.check(**form.cleaned_data, now=moment.now())
    if found.certificate is None:
        return _page(request, form, answer=found.answer)
    return _page(request, CheckForm(), answer=found.answer, words=CertificateWords(found.certificate))


def _page(request, form, *, status=200, **found):
    context = {"form": form, "problems": problems_in(form)} | found
    return render(request, "registrations/check_certificate.html", context, status=status)
