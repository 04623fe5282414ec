"""The user of a mailbox, once somebody signed in with a code from it."""

from hashlib import sha256

from django.contrib.auth import get_user_model


def username_of(mailbox: str) -> str:
    # Not the address itself, which may be longer than a username.
    return f"mailbox-{sha256(mailbox.encode()).hexdigest()[:40]}"


def of(mailbox: str):
    """None for a mailbox that nobody has signed in with."""
    return get_user_model().objects.filter(username=username_of(mailbox), is_staff=False).first()


def forget(mailboxes):
    """Nothing of these accounts remains: proven addresses go with them, and open browsers are signed out."""
    names = [username_of(mailbox) for mailbox in mailboxes]
    get_user_model().objects.filter(username__in=names, is_staff=False).delete()
