"""Pages of somebody who shows that a mailbox is theirs, and then sees all that is registered under it."""

from functools import wraps

from allauth.account.views import RequestLoginCodeView
from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from registrations.accounts.overview import seasons_of
from registrations.accounts.owners import owner_of, proven_mailboxes
from registrations.forms.mailbox import MailboxForm
from registrations.limits import rates
from registrations.people.identity import inbox
from registrations.presenters.problems import problems_in
from registrations.views.support import asking_for_mail
from registrations.views.support.access import WITH_FORM


def personal_answer(view):
    """No cache, search engine or other site learns of the page."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        # The CSRF check of forms needs an Origin (registrations/views/support/access.py).
        response["Referrer-Policy"] = WITH_FORM
        return response

    return answer


@method_decorator(personal_answer, name="dispatch")
class RequestCode(RequestLoginCodeView):
    """Every address gets the same answer and one mail; only the mail says whether anybody is registered."""

    form_class = MailboxForm

    def form_valid(self, form):
        if asking_for_mail.is_refused(self.request, form):
            return self._again(form, 429)
        mailbox = form.cleaned_data["email"]
        # Without a mail nobody but a guesser can type the code: so many mails an hour, so many codes to guess.
        has_mail = rates.free_at(rates.MAILS_TO_A_MAILBOX, inbox(mailbox)) is None
        form._user = owner_of(mailbox) if has_mail else None
        return super().form_valid(form)

    def form_invalid(self, form):
        return self._again(form, 422)

    def _again(self, form, status):
        return self.render_to_response(self.get_context_data(form=form, problems=problems_in(form)), status=status)


request_code = RequestCode.as_view()


@require_safe
@personal_answer
@login_required(login_url="account_request_login_code")
def registrations(request):
    mailboxes = proven_mailboxes(request.user)
    context = {"mailboxes": mailboxes, "seasons": seasons_of(mailboxes)}
    return render(request, "account/registrations.html", context)
