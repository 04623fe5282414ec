"""A colleague is invited by mail, and chooses the password by a link that works once."""

from django.contrib.auth import get_user_model
from django.db import transaction

from registrations import audit
from registrations.mail import outbox
from registrations.mail.notices.letters import random_message_id
from registrations.models import Message
from registrations.people import staff
from sessions.staff import password_links, roles


class NameTaken(Exception):
    """Somebody signs in with this name already, or was removed from the staff."""


class AddressTaken(Exception):
    """Somebody on the staff has this address."""


class AlreadyIn(Exception):
    """The colleague has chosen a password already, was removed, or was brought back already."""


class NoAddress(Exception):
    """The colleague has none, so that no mail can go to them."""


@transaction.atomic
def invite(*, name, email, role, by, now):
    """A new member of staff, who can sign in once the link in the mail was used. Raises NameTaken or AddressTaken.

    Locks all members of staff.
    """
    staff.locked()
    users = get_user_model().objects
    if users.filter(username__iexact=name).exists():
        raise NameTaken
    if staff.behind(email):
        raise AddressTaken
    user = users.create_user(name, email=email, is_staff=True)
    roles.give(user, role)
    audit.record("colleague-invited", user, by=by, after={"role": role, "email": email})
    _post(user, by=by, now=now)
    return user


@transaction.atomic
def invite_again(*, user_id, by, now):
    """Another mail, to the same address. Locks all members of staff; raises AlreadyIn or NoAddress."""
    user = next((each for each in staff.locked() if each.pk == user_id), None)
    if user is None or not user.is_active or not staff.is_invited(user):
        raise AlreadyIn
    _require_address(user)
    audit.record("colleague-invited", user, by=by)
    _post(user, by=by, now=now)


@transaction.atomic
def bring_back(*, user_id, by, now):
    """Somebody who was removed has their role again, and is invited as a new colleague is.

    Locks all members of staff; raises AlreadyIn or NoAddress, or AddressTaken where somebody else has it now.
    """
    user = next((each for each in staff.locked() if each.pk == user_id and not each.is_active), None)
    if user is None:
        raise AlreadyIn
    _require_address(user)
    if staff.behind(user.email):
        raise AddressTaken
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record("colleague-back", user, by=by, after={"role": roles.of(user)})
    _post(user, by=by, now=now)


def _require_address(user):
    if not user.email:
        raise NoAddress


def _post(user, *, by, now):
    """Written when it leaves, so that the link is stored for nobody to read before."""
    message_id = random_message_id()
    mail = Message(
        kind="staff_invitation",
        dedupe_key=f"staff_invitation:{message_id}",
        recipient=user.email,
        message_id=message_id,
        written_from={"user": user.pk, "by": by.get_username()},
        queued_at=now,
        due_at=now,
        expires_at=now + password_links.TERMS[password_links.INVITATION],
    )
    outbox.post_new([mail])
