"""The form of the second step of signing in."""

import logging

from allauth.mfa.base.forms import AuthenticateForm
from django.core.exceptions import ValidationError

log = logging.getLogger(__name__)


class SecondFactorForm(AuthenticateForm):
    def clean_code(self):
        try:
            return super().clean_code()
        except ValidationError:
            log.warning("second factor of %r failed", self.user.get_username())
            raise
