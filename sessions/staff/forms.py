"""The forms in which staff type the code of their second factor."""

import logging

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.core.exceptions import ValidationError

from sessions import plain_text

log = logging.getLogger(__name__)


class PlainCode:
    """A code may be typed in the digits of any script, with spaces or dashes."""

    def clean_code(self):
        self.cleaned_data["code"] = plain_text.code(self.cleaned_data["code"])
        return super().clean_code()


class SecondFactorForm(PlainCode, AuthenticateForm):
    def clean_code(self):
        try:
            return super().clean_code()
        except ValidationError:
            log.warning("second factor of %r failed", self.user.get_username())
            raise


class SecondFactorAgainForm(PlainCode, ReauthenticateForm):
    pass


class SetUpAppForm(PlainCode, ActivateTOTPForm):
    pass
