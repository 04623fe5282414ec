"""The links by which a member of staff chooses a password: each works once, and for a while.

The token is Django's, of which a new password or a sign-in makes another one; the signature has the age.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.urls import reverse

SALT = "sessions.staff.password_links"
INVITATION, FORGOTTEN = "invitation", "forgotten"
# No longer than PASSWORD_RESET_TIMEOUT.
TERMS = {INVITATION: timedelta(days=7), FORGOTTEN: timedelta(hours=1)}


def url_for(user, purpose) -> str:
    return settings.SITE_URL + reverse("staff_new_password", args=[key_of(user, purpose)])


def key_of(user, purpose) -> str:
    return signing.dumps([purpose, user.pk, default_token_generator.make_token(user)], salt=SALT)


def user_of(key):
    """The member of staff to whom the key was mailed; None when it is wrong, used or too old."""
    try:
        purpose, _pk, _token = signing.loads(key, salt=SALT)
        _purpose, pk, token = signing.loads(key, salt=SALT, max_age=TERMS[purpose])
    except signing.BadSignature:
        return None
    user = get_user_model().objects.filter(pk=pk, is_staff=True, is_active=True).first()
    return user if user and default_token_generator.check_token(user, token) else None
