"""What tells robots from people in a form: a field that nobody sees, and the time that filling in takes.

Nobody is turned away by it: a person who is caught presses the button a second time.
"""

from django.conf import settings
from django.core.signing import BadSignature, Signer

OPENED, UNSEEN = "opened", "leave_empty"
SALT = "registrations.robot_traps"


def opened(sent, now) -> str:
    """When the form was opened, signed, to stand in the form; the moment that came with it, `sent`, if there is one."""
    known = sent.get(OPENED) or ""
    return known if _moment(known) is not None else Signer(salt=SALT).sign(str(int(now.timestamp())))


def caught(sent, now) -> bool:
    """Whether the form came too fast, came from nowhere, or has something in the field that nobody sees."""
    return bool(sent.get(UNSEEN)) or _is_too_fast(_moment(sent.get(OPENED) or ""), now)


def _is_too_fast(opened_at, now) -> bool:
    if settings.SIGN_UP_SECONDS == 0:
        return False
    return opened_at is None or now.timestamp() - opened_at < settings.SIGN_UP_SECONDS


def _moment(signed) -> int | None:
    try:
        return int(Signer(salt=SALT).unsign(signed))
    except BadSignature:
        return None
