"""Having the links to one's own pages sent again: the same answer for every address."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registrations.forms.mailbox import MailboxForm
from registrations.limits import rates
from registrations.mailings import on_request
from registrations.presenters.problems import problems_in
from registrations.views.support import unproven
from registrations.views.support.unproven import needs_no_cookie
from sessions.clocks import moment


@needs_no_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def send_link(request):
    if request.method != "POST":
        return _page(request, MailboxForm(initial=unproven.typed(request)), 200)
    form = MailboxForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    if not rates.take(rates.MAILS_ASKED_BY_A_CLIENT, rates.client_of(request)):
        form.add_error("email", _("Too many mails were asked for from your network. Please try again in an hour."))
        return _page(request, form, 429)
    on_request.send_links(mailbox=form.cleaned_data["email"], now=moment.now())
    return redirect("registrations:link_sent")


@require_safe
def link_sent(request):
    return render(request, "registrations/link_sent.html", {"sender": settings.ORGANIZER_EMAIL})


def _page(request, form, status):
    context = {"form": form, "problems": problems_in(form)}
    return render(request, "registrations/send_link.html", context, status=status)
