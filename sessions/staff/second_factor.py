"""Staff see the desk in a browser session that a second factor opened, and in no other."""

import time
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.urls import reverse

FRESH_SECONDS = 300
METHOD = "mfa"


def is_passed(request) -> bool:
    if not settings.STAFF_SECOND_FACTOR:
        return True
    return any(record["method"] == METHOD for record in get_authentication_records(request, request.user))


def record(request, *, kind):
    """This session has just proven a second factor: "totp" or "webauthn"."""
    record_authentication(request, request.user, METHOD, type=kind)


def is_fresh(request) -> bool:
    """Whether the person has typed a password or code in this session within the last minutes."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < FRESH_SECONDS


def way_in(request, then: str) -> str:
    """Where somebody proves the second factor they have, or sets up their first one."""
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    proofs = [method["url"] for method in methods if method["id"].startswith("mfa_")]
    if proofs:
        return f"{proofs[0]}?{urlencode({'next': then})}"
    return reverse("mfa_index")
