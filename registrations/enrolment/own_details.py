"""What a person corrects of their own details."""

from dataclasses import asdict

from django.db import transaction

from registrations.models import Participant
from registrations.next_season import subscription
from registrations.people import identification, search
from registrations.people.identity import fold_name


class NameTaken(Exception):
    """Somebody of this name is behind the same mailbox already."""


@transaction.atomic
def correct(*, participant, details):
    """Store what the person corrected. Raises NameTaken.

    Locks the person and the name, in the order of names.
    """
    name_key = fold_name(details.name)
    stored = locked_under(participant, name_key)
    if stored is None:
        return
    person = Participant.objects.filter(pk=stored.pk)
    found_by = search.text_of(name=details.name, email=stored.email, organisation=details.organisation)
    person.update(**asdict(details), name_key=name_key, search_text=found_by)
    subscription.correct_language(participant.mailbox, details.language)


def locked_under(participant, name_key) -> Participant | None:
    """The person as they are stored, locked together with the folded name that they are to have; None if erased.

    In the order in which everybody locks people. Raises NameTaken.
    """
    person = Participant.objects.filter(pk=participant.pk, anonymised_at=None)
    if participant.name_key <= name_key:
        person.locked().first()
    is_free = identification.reserve(participant, name_key=name_key)
    stored = person.locked().first()
    if not is_free and (stored is None or stored.name_key != name_key):
        raise NameTaken
    return stored
