"""Passwords of staff: changed, or forgotten and chosen anew by a link in a mail."""

from datetime import timedelta

from django.db import transaction

from registrations import audit
from registrations.mailings import on_request
from registrations.people import staff
from sessions.staff import password_links

LINK_IS_WANTED_FOR = timedelta(hours=1)


class LinkUsed(Exception):
    """The link is wrong, too old, or somebody has used it at this moment."""


def ask_for_link(*, mailbox, now):
    """A mail with a link for each member of staff who has this address."""
    on_request.ask_worker("staff_password", mailbox=mailbox, now=now, expires_at=now + LINK_IS_WANTED_FOR)


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
