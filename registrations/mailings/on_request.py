"""Mails that anybody can ask for by typing an address: one mailbox gets at most four an hour, for all of them.

They go to the folded address: two spellings of it are one mailbox to us, so no other spelling may get its links.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from registrations.limits import rates
from registrations.mail import outbox
from registrations.mail.notices import mailbox as to_mailbox
from registrations.mail.notices.letters import random_message_id
from registrations.models import Message
from registrations.people.identity import inbox
from sessions.clocks import moment
from sessions.models import Season

LINKS_ARE_WANTED_FOR = timedelta(hours=6)


@transaction.atomic
def send_links(*, mailbox, now):
    """The links of everybody behind the mailbox; those of rehearsals go into the boxes of these.

    One request for each rehearsal there is, whether the mailbox is in it or not: nobody is looked up here.
    """
    if not ask_worker("links", mailbox=mailbox, now=now, expires_at=now + LINKS_ARE_WANTED_FOR):
        return
    rehearsals = Season.objects.published().filter(is_rehearsal=True)
    outbox.post([_request("links", mailbox, moment.of(each, now), LINKS_ARE_WANTED_FOR, each) for each in rehearsals])


@transaction.atomic
def ask_worker(kind, *, mailbox, now, expires_at) -> bool:
    """For a mail of this kind to those behind the mailbox, or none where nobody is; False where there were too many.

    Nobody is looked up here, so that the answer takes the same time for all.
    """
    if not rates.take(rates.MAILS_TO_A_MAILBOX, inbox(mailbox)):
        return False
    outbox.post([_request(kind, mailbox, now, expires_at - now)])
    return True


def _request(kind, mailbox, now, wanted_for, rehearsal=None) -> Message:
    message_id = random_message_id()
    return Message(
        kind=kind,
        dedupe_key=f"{kind}:{message_id}",
        recipient=mailbox,
        message_id=message_id,
        rehearsal=rehearsal,
        queued_at=now,
        due_at=now,
        expires_at=now + wanted_for,
    )


@transaction.atomic
def send_code(*, mailbox, code, language, now):
    if rates.take(rates.MAILS_TO_A_MAILBOX, inbox(mailbox)):
        mail = to_mailbox.sign_in_code(mailbox, code, language=language, now=now)
        mail.expires_at = now + timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
        outbox.post([mail])


@transaction.atomic
def say_that_nobody_is_registered(*, mailbox, language, now):
    if rates.take(rates.MAILS_TO_A_MAILBOX, inbox(mailbox)):
        mail = to_mailbox.nobody_registered(mailbox, language=language, now=now)
        mail.expires_at = now + timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
        outbox.post([mail])
