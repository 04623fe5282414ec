"""Passwords of staff: changed, or forgotten and chosen anew by a link in a mail."""

from datetime import timedelta

from django.db import transaction

from registrations import audit
from registrations.limits import rates
from registrations.mail import outbox
from registrations.mail.notices.letters import random_message_id
from registrations.models import Message
from registrations.people import staff
from registrations.people.identity import inbox
from sessions.staff import password_links

LINK_IS_WANTED_FOR = timedelta(hours=1)


class LinkUsed(Exception):
    """The link is wrong, too old, or somebody has used it at this moment."""


@transaction.atomic
def ask_for_link(*, mailbox, now):
    """Ask the worker to mail a link to each member of staff with this address, or nothing where there is none.

    Nobody is looked up here, so that the answer takes the same time for all.
    """
    if not rates.take(rates.MAILS_TO_A_MAILBOX, inbox(mailbox)):
        return
    message_id = random_message_id()
    mail = Message(
        kind="staff_password",
        dedupe_key=f"staff_password:{message_id}",
        recipient=mailbox,
        message_id=message_id,
        queued_at=now,
        due_at=now,
        expires_at=now + LINK_IS_WANTED_FOR,
    )
    outbox.post([mail])


@transaction.atomic
def choose(*, key, password):
    """The password of whom the key belongs to; all their sign-ins end. Locks all members of staff; raises LinkUsed."""
    staff.locked()
    user = password_links.user_of(key)
    if user is None:
        raise LinkUsed
    action = "password-chosen" if staff.is_invited(user) else "password-changed"
    _store(user, password, action)
    return user


@transaction.atomic
def change(*, user, password):
    """By somebody who is signed in and has typed the old one. All their other sign-ins end.

    Locks all members of staff; the `user` at hand has the new password afterwards, of which the sign-in is renewed.
    """
    staff.locked()
    _store(user, password, "password-changed")


def _store(user, password, action):
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record(action, user, by=user)
