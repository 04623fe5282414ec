"""What a person corrects of their own details."""

from dataclasses import asdict

from django.db import IntegrityError, transaction

from registrations import identification
from registrations.mailboxes import fold_name
from registrations.models import Participant


class NameTaken(Exception):
    """Somebody of this name is behind the same mailbox already."""


@transaction.atomic
def correct(*, participant, details):
    """Store what the person corrected. Raises NameTaken."""
    if identification.is_taken(details.name, besides=participant):
        raise NameTaken
    changes = asdict(details) | {"name_key": fold_name(details.name)}
    # Only a sign-up under this name at the same moment can still be in the way.
    try:
        with transaction.atomic():
            Participant.objects.filter(pk=participant.pk, anonymised_at=None).update(**changes)
    except IntegrityError:
        raise NameTaken from None
