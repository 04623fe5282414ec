"""What tells robots from people in a form: a field that nobody sees, and the time that filling in takes.

Nobody is turned away by it: a person who is caught presses the button a second time, and never a third time.
"""

import time

from django.conf import settings
from django.core.signing import BadSignature, Signer

OPENED, UNSEEN = "opened", "leave_empty"
# Forms that are open while a new version starts are signed with it, so it stays as it was.
SALT = "registrations.robot_traps"
# The moment of a form that was caught before.
CAUGHT_BEFORE = 0


def opened(sent) -> str:
    """When the form was opened, signed, for the form; the moment that came with it, `sent`, if there is one."""
    known = sent.get(OPENED) or ""
    return known if opened_at(known) is not None else signed(time.time())


def signed(timestamp) -> str:
    return Signer(salt=SALT).sign(str(int(timestamp)))


def caught(sent) -> bool:
    """Whether the form came too fast, came from nowhere, or has something in the field that nobody sees."""
    moment = opened_at(sent.get(OPENED) or "")
    return moment != CAUGHT_BEFORE and (bool(sent.get(UNSEEN)) or _is_too_fast(moment))


def caught_before() -> str:
    """For the form that is shown again: it is not caught a second time."""
    return signed(CAUGHT_BEFORE)


def _is_too_fast(opened) -> bool:
    if settings.SIGN_UP_SECONDS == 0:
        return False
    return opened is None or time.time() - opened < settings.SIGN_UP_SECONDS


def opened_at(sent) -> int | None:
    """The moment as a timestamp, on the clock of this machine; None if we did not sign it."""
    try:
        return int(Signer(salt=SALT).unsign(sent))
    except BadSignature:
        return None
