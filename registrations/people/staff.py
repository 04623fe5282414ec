"""The members of staff, also those who were removed: their names stay on what they did."""

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from registrations.people.identity import fold_address


def everybody():
    return get_user_model().objects.filter(is_staff=True)


def present():
    """Without those who were removed."""
    return everybody().filter(is_active=True)


def locked() -> list:
    """All of them, locked by id: who is the last administrator depends on the others."""
    return list(everybody().select_for_update(of=("self",), no_key=True).order_by("pk").prefetch_related("groups"))


def behind(mailbox) -> list:
    """Those who are present and have this address; compared folded, as databases fold other letters than we do."""
    mailbox = fold_address(mailbox)
    known = present().exclude(email="").order_by("pk")
    return [user for user in known if fold_address(user.email) == mailbox]


def is_invited(user) -> bool:
    """Whether they have still to choose their first password."""
    return user.password.startswith(UNUSABLE_PASSWORD_PREFIX)
