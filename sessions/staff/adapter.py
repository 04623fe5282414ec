"""What allauth calls things on the pages of the second factor."""

from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext_lazy as _


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "This code is not right, or it was used before: each code works once. Please wait for the next one in your "
            "app, and type it."
        ),
    }
