"""Members of staff: signing in with a second factor, or being signed in already."""

import time
from types import SimpleNamespace

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.models import Group, User

from sessions.staff import groups, second_factor

SECRET = "JBSWY3DPEHPK3PXP"
PASSWORD = "a long password for tests"
SIGN_IN, SECOND_STEP = "/staff/sign-in/", "/staff/sign-in/second-factor/"


def sign_in(client, user):
    """As after password and second step: the desk is open for what the user may do."""
    client.force_login(user)
    browser_session = client.session
    second_factor.record(SimpleNamespace(session=browser_session, user=user), kind="totp")
    browser_session.save()
    return client


def code(secret=SECRET, *, steps=0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def registration_officer(client):
    return member(client, "Registration officer", "officer")


def member(client, role, username=""):
    groups.set_up()
    user = User.objects.create_user(username or role, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return sign_in(client, user)
