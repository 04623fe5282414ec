"""Pages on which staff ask for a link by mail, and choose a password by it; neither signs anybody in."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registrations.accounts.views import personal_answer
from registrations.colleagues import passwords
from registrations.forms.mailbox import MailboxForm
from registrations.views.support import asking_for_mail
from sessions.clocks import moment
from sessions.staff import password_links


@personal_answer
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten_password(request):
    """The same answer for every address."""
    form = MailboxForm(request.POST if request.method == "POST" else None)
    form.fields["email"].help_text = _("The address to which your invitation came.")
    return asking_for_mail.answer(request, form, "account/forgotten_password.html", _send_link)


@personal_answer
@require_safe
def password_link_sent(request):
    minutes = password_links.TERMS[password_links.FORGOTTEN].seconds // 60
    return render(request, "account/password_link_sent.html", {"minutes": minutes, "sender": settings.ORGANIZER_EMAIL})


@personal_answer
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request, key):
    user = password_links.user_of(key)
    if user is None:
        return _void(request)
    form = SetPasswordForm(user, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"form": form, "sign_in_name": user.get_username()}
        return render(request, "account/new_password.html", context, status=422 if form.is_bound else 200)
    try:
        passwords.choose(key=key, password=form.cleaned_data["new_password1"])
    except passwords.LinkUsed:
        return _void(request)
    messages.success(request, _("Your password is stored. Sign in with it now."))
    return redirect("account_login")


def _void(request):
    return render(request, "account/password_link_void.html", status=404)


def _send_link(mailbox):
    passwords.ask_for_link(mailbox=mailbox, now=moment.now())
    return redirect("staff_password_link_sent")
