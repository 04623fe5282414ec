"""How many sign-ups a mailbox, a client and all together may send."""

from collections import Counter
from contextlib import contextmanager

from django.conf import settings
from django.utils import timezone

from registrations.limits import rates
from registrations.limits.rates import MAILS_TO_A_MAILBOX, Limit, Taken
from registrations.people.identity import inbox

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
    """Strangers, or its owner, have asked for as many mails to `inbox` as it gets in an hour; until `free_at`."""

    def __init__(self, inbox, free_at):
        self.inbox, self.free_at = inbox, free_at
        super().__init__(int((free_at - timezone.now()).total_seconds()) + 1)


def times(number_of_sessions: int) -> int:
    return TIMES_FOR_ONE_SESSION if number_of_sessions == 1 else TIMES_FOR_SEVERAL


@contextmanager
def one_sign_up(*, form: str, mailboxes: dict[str, int], client: str):
    """Counts the sign-up that is made inside, `mailboxes` with how often each: nothing inside runs when it is too many.

    `form` is the key of the form that was sent: sent once more, also at the same moment, it does not count once more.
    What fails inside does not count for its mailboxes. Raises one of the TooMany, the mailbox first.
    """
    inboxes = _by_inbox(mailboxes)
    is_new = _count(form, inboxes, client)
    try:
        yield
    except Exception:
        if is_new:
            _give_back(form, inboxes)
        raise


def _by_inbox(mailboxes) -> dict[str, int]:
    inboxes = Counter()
    for mailbox, wanted in mailboxes.items():
        inboxes[inbox(mailbox)] += wanted
    return inboxes


def _count(form, inboxes, client) -> bool:
    """False where the form was counted already, also when the twin of it, of a double click, was faster.

    The client is counted before any mailbox: a form whose times were given back would have let its twin through.
    """
    if _was_counted(form, inboxes):
        return False
    _require_pace(client, len(inboxes))
    for each, wanted in inboxes.items():
        taken = rates.take_for(form, MAILS_TO_A_MAILBOX, each, wanted)
        if taken is Taken.BEFORE:
            return False
        if taken is Taken.TOO_MANY:
            _give_back(form, inboxes)
            raise _has_enough(each, wanted)
    return True


def _was_counted(form, inboxes) -> bool:
    """By its first inbox. Raises MailboxHasEnough."""
    for number, (each, wanted) in enumerate(inboxes.items()):
        outlook = rates.would_take_for(form, MAILS_TO_A_MAILBOX, each, wanted)
        if outlook is Taken.TOO_MANY:
            raise _has_enough(each, wanted)
        if number == 0 and outlook is Taken.BEFORE:
            return True
    return False


def _has_enough(full, wanted) -> MailboxHasEnough:
    at_most = min(wanted, MAILS_TO_A_MAILBOX.times)
    return MailboxHasEnough(full, rates.free_at(MAILS_TO_A_MAILBOX, full, at_most) or timezone.now())


def _require_pace(client, mailboxes):
    """Each mailbox counts: one form of a delegation writes to as many people as twenty forms for one person."""
    of_client = settings.SIGN_UPS_A_MINUTE_OF_A_CLIENT
    in_a_minute = Limit("sign-ups", of_client, MINUTE)
    in_a_long_span = Limit("sign-ups-an-hour", of_client * MINUTES_OF_A_LONG_SPAN, rates.HOUR)
    for limit in (in_a_minute, in_a_long_span):
        if not rates.passes(limit, client, mailboxes):
            raise ClientHasEnough(rates.span_ends_in(limit))
    of_all = Limit("sign-ups", settings.SIGN_UPS_A_MINUTE, MINUTE)
    if not rates.passes(of_all, "all", mailboxes):
        raise AllHaveEnough(rates.span_ends_in(of_all))


def _give_back(form, inboxes):
    for each in inboxes:
        rates.give_back_of(form, MAILS_TO_A_MAILBOX, each)
