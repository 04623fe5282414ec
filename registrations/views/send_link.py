"""Having the links to one's own pages sent again: the same answer for every address."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from registrations.forms.mailbox import MailboxForm
from registrations.mailings import on_request
from registrations.views.support import asking_for_mail, unproven
from registrations.views.support.unproven import needs_no_cookie
from sessions.clocks import moment


@needs_no_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def send_link(request):
    form = MailboxForm(request.POST) if request.method == "POST" else MailboxForm(initial=unproven.typed(request))
    return asking_for_mail.answer(request, form, "registrations/send_link.html", _send)


@require_safe
def link_sent(request):
    return render(request, "registrations/link_sent.html", {"sender": settings.ORGANIZER_EMAIL})


def _send(mailbox):
    on_request.send_links(mailbox=mailbox, now=moment.now())
    return redirect("sign_up:link_sent")
