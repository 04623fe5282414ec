"""The sender on the envelope of a mail (RFC 5321 2.3.1), to which mail servers send it back."""

import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

CHECK_LETTERS = 16
LONGEST_NUMBER = 18


def sender(message_pk: int) -> str:
    """Of its own for each mail, as `bounces+12-<check>@example.org`, where BOUNCE_ADDRESS is set."""
    if not settings.BOUNCE_ADDRESS:
        return settings.ORGANIZER_EMAIL
    local, _at, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    return f"{local}+{message_pk}-{_check(message_pk)}@{domain}"


def message_behind(addresses: str) -> int | None:
    """The number of the mail for which one of these addresses was made; None where there is none, or a made-up one."""
    local, _at, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    if not local:
        return None
    pattern = rf"{re.escape(local)}\+(\d{{1,{LONGEST_NUMBER}}})-([0-9a-f]{{{CHECK_LETTERS}}})@{re.escape(domain)}"
    found = re.search(pattern, addresses, re.IGNORECASE)
    if found and constant_time_compare(found[2].lower(), _check(int(found[1]))):
        return int(found[1])
    return None


def _check(message_pk) -> str:
    return salted_hmac("registrations.bounces", str(message_pk)).hexdigest()[:CHECK_LETTERS]
