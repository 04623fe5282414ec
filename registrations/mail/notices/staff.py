"""Mails to members of staff: the links by which they choose a password."""

from dataclasses import dataclass

from django.conf import settings

from registrations.mail.notices.letters import Letter, message
from sessions.staff import password_links, roles
from sessions.staff.password_links import FORGOTTEN, INVITATION, TERMS


@dataclass(frozen=True)
class SignInName:
    name: str
    url: str


def staff_invitation(user, *, by, message_id, now):
    context = {
        "by": by,
        "sign_in_name": user.get_username(),
        "role": roles.in_words(user),
        "url": password_links.url_for(user, INVITATION),
        "days": TERMS[INVITATION].days,
    }
    return _to_staff("staff_invitation", user.email, context, message_id, now)


def staff_password(mailbox, users, *, message_id, now):
    """One link for each who has this address; who was invited chooses the first password by it."""
    names = [SignInName(user.get_username(), password_links.url_for(user, FORGOTTEN)) for user in users]
    context = {"names": names, "minutes": TERMS[FORGOTTEN].seconds // 60}
    return _to_staff("staff_password", mailbox, context, message_id, now)


def _to_staff(kind, address, context, message_id, now):
    letter = Letter(
        kind=kind,
        key=message_id,
        participant=None,
        season=None,
        now=now,
        message_id=message_id,
        context=context,
        address=address,
        language=settings.LANGUAGE_CODE,
    )
    return message(letter)
