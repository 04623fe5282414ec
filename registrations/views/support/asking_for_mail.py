"""Forms by which anybody has a mail sent to a mailbox: the same answer for every address."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from registrations.limits import rates
from registrations.presenters.problems import problems_in


def answer(request, form, template, send):
    """The page with the form, as long as it cannot be followed; else what `send` answers to the address in it."""
    if not form.is_bound:
        status = 200
    elif not form.is_valid():
        status = 422
    elif is_refused(request, form):
        status = 429
    else:
        return send(form.cleaned_data["email"])
    return render(request, template, {"form": form, "problems": problems_in(form)}, status=status)


def is_refused(request, form) -> bool:
    """Whether too many mails were asked for from the reader's network, which the valid form then says."""
    if rates.take(rates.MAILS_ASKED_BY_A_CLIENT, rates.client_of(request)):
        return False
    form.add_error("email", _("Too many mails were asked for from your network. Please try again in an hour."))
    return True
