"""The form is no mail gun: how many sign-ups a mailbox, a client and all together may ask for."""

from contextlib import contextmanager

from django.conf import settings
from django.utils import timezone

from registrations import limits
from registrations.limits import MAILS_TO_A_MAILBOX, Limit, Taken

# A sign-up for several sessions brings a summary and calendar entries, so it counts twice.
TIMES_FOR_ONE_SESSION, TIMES_FOR_SEVERAL = 1, 2
MINUTE, MINUTES_OF_A_LONG_SPAN = 60, 10


class TooMany(Exception):
    """Nothing was done; `seconds` is how long to wait before the next try."""

    def __init__(self, seconds: int):
        self.seconds = max(1, seconds)
        super().__init__(self.seconds)


class ClientHasEnough(TooMany):
    """Many forms came from this place on the net."""


class AllHaveEnough(TooMany):
    """Many forms came from everywhere."""


class MailboxHasEnough(TooMany):
    """Strangers, or its owner, have asked for as many mails to `mailbox` as it gets in an hour; until `free_at`."""

    def __init__(self, mailbox, free_at):
        self.mailbox, self.free_at = mailbox, free_at
        super().__init__(int((free_at - timezone.now()).total_seconds()) + 1)


def times(number_of_sessions: int) -> int:
    return TIMES_FOR_ONE_SESSION if number_of_sessions == 1 else TIMES_FOR_SEVERAL


@contextmanager
def one_sign_up(*, form: str, mailboxes: dict[str, int], client: str):
    """Counts the sign-up that is made inside, `mailboxes` with how often each: nothing inside runs when it is too many.

    `form` is the key of the form that was sent: sent once more, also at the same moment, it does not count once more.
    What fails inside does not count for its mailboxes. Raises one of the TooMany, the mailbox first.
    """
    is_new = _count(form, mailboxes, client)
    try:
        yield
    except Exception:
        if is_new:
            _give_back(form, mailboxes)
        raise


def _count(form, mailboxes, client) -> bool:
    """False where the form was counted already, also when the twin of it, of a double click, was faster.

    The client is counted before any mailbox: a form whose times were given back would have let its twin through.
    """
    if _was_counted(form, mailboxes):
        return False
    _require_pace(client)
    for mailbox, wanted in mailboxes.items():
        taken = limits.take_for(form, MAILS_TO_A_MAILBOX, mailbox, wanted)
        if taken is Taken.BEFORE:
            return False
        if taken is Taken.TOO_MANY:
            _give_back(form, mailboxes)
            raise _has_enough(mailbox, wanted)
    return True


def _was_counted(form, mailboxes) -> bool:
    """By its first mailbox. Raises MailboxHasEnough."""
    for number, (mailbox, wanted) in enumerate(mailboxes.items()):
        outlook = limits.would_take_for(form, MAILS_TO_A_MAILBOX, mailbox, wanted)
        if outlook is Taken.TOO_MANY:
            raise _has_enough(mailbox, wanted)
        if number == 0 and outlook is Taken.BEFORE:
            return True
    return False


def _has_enough(mailbox, wanted) -> MailboxHasEnough:
    return MailboxHasEnough(mailbox, limits.free_at(MAILS_TO_A_MAILBOX, mailbox, wanted) or timezone.now())


def _require_pace(client):
    of_client = settings.SIGN_UPS_A_MINUTE_OF_A_CLIENT
    in_a_minute = Limit("sign-ups", of_client, MINUTE)
    in_a_long_span = Limit("sign-ups-an-hour", of_client * MINUTES_OF_A_LONG_SPAN, limits.HOUR)
    for limit in (in_a_minute, in_a_long_span):
        if not limits.passes(limit, client):
            raise ClientHasEnough(limits.span_ends_in(limit))
    of_all = Limit("sign-ups", settings.SIGN_UPS_A_MINUTE, MINUTE)
    if not limits.passes(of_all, "all"):
        raise AllHaveEnough(limits.span_ends_in(of_all))


def _give_back(form, mailboxes):
    for mailbox in mailboxes:
        limits.give_back_of(form, MAILS_TO_A_MAILBOX, mailbox)
