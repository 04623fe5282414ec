"""Where allauth asks us: what it mails, whom it lets try again, what it calls things."""

import logging

from allauth.account.adapter import DefaultAccountAdapter
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registrations.colleagues import passwords
from registrations.limits import rates
from registrations.mailings import on_request
from sessions.staff import second_factor

log = logging.getLogger(__name__)

TOO_MANY = _("Too many tries. Please wait ten minutes, then try again.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("This code is not right. Please look at the newest mail, and type it again."),
        "incorrect_password": _("This password is not right."),
        "username_password_mismatch": _("Name and password do not belong together. Please type both again."),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request):
        return False

    def get_client_ip(self, request):
        return rates.client_of(request)

    def login(self, request, user):
        """Keeps the token of forms that are open in other windows: Django renews it, and what was typed would be lost.

        Nobody else can have planted it (`__Host-`). That of staff is new: their forms are kept in another way.
        """
        token = request.META.get("CSRF_COOKIE")
        super().login(request, user)
        if token and not user.is_staff:
            request.META["CSRF_COOKIE"] = token

    def get_login_redirect_url(self, request):
        return "/admin/" if request.user.is_staff else super().get_login_redirect_url(request)

    def is_reauthentication_required(self, *, app, **kwargs):
        """Not within minutes of signing in, so that who is led to set up a second factor types the password once."""
        return not second_factor.is_fresh(self.request)

    def set_password(self, user, password):
        """Only the page on which staff change their own calls it: nobody else has a password."""
        passwords.change(user=user, password=password)

    def send_mail(self, template_prefix, email, context):
        """Into the outbox, in our words; by default SMTP would hold up the request, and answer late for some."""
        words = {"mailbox": email, "language": get_language(), "now": timezone.now()}
        if template_prefix == "account/email/login_code":
            on_request.send_code(code=context["code"], **words)
        elif template_prefix == "account/email/unknown_account":
            on_request.say_that_nobody_is_registered(**words)
        else:
            raise NotImplementedError(template_prefix)

    def pre_authenticate(self, request, **credentials):
        if not all([rates.take(limit, whom) for limit, whom in _limits_of(request, credentials)]):
            log.warning("sign-in as %r from %s was not tried: too many tries", *_who(request, credentials))
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request, **credentials):
        user = super().authenticate(request, **credentials)
        if user:
            for limit, whom in _limits_of(request, credentials):
                rates.give_back(limit, whom)
        return user

    def authentication_failed(self, request, **credentials):
        log.warning("sign-in as %r from %s failed", *_who(request, credentials))


def _who(request, credentials) -> tuple[str, str]:
    return credentials.get("username", "")[:150], rates.client_of(request)


def _limits_of(request, credentials):
    name, client = _who(request, credentials)
    return [
        (rates.SIGN_INS_OF_A_CLIENT, client),
        (rates.SIGN_INS_UNDER_A_NAME, f"{client} {name.casefold()}"),
    ]
