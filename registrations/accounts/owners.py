"""The user accounts of people: one for each mailbox, made when its owner first signs in with a code."""

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.db import transaction

from registrations.models import Participant
from registrations.people import accounts


def owner_of(mailbox: str):
    """The user of a mailbox with registrations, made when first asked for; None for all others.

    Never a member of staff: a code in a mail must not open the staff's desk.
    """
    if not Participant.objects.behind(mailbox).exists():
        return None
    user = _owner(mailbox)
    return user if user.is_active and not (user.is_staff or user.is_superuser) else None


def proven_mailboxes(user) -> list[str]:
    return list(EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True))


@transaction.atomic
def _owner(mailbox):
    """What is stored already is passed over: an error would leave the address in the log of the database."""
    users, username = get_user_model().objects, accounts.username_of(mailbox)
    new = get_user_model()(username=username, email=mailbox)
    new.set_unusable_password()
    users.bulk_create([new], ignore_conflicts=True)
    user = users.get(username=username)
    address = EmailAddress(user=user, email=mailbox, primary=True, verified=False)
    EmailAddress.objects.bulk_create([address], ignore_conflicts=True)
    return user
