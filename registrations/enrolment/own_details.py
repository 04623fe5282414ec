"""What a person corrects of their own details."""

from contextlib import suppress
from dataclasses import asdict

from django.db import transaction

from registrations.models import Participant
from registrations.next_season import subscription
from registrations.people import identification, search
from registrations.people.identity import fold_name

TRIES = 5


class NameTaken(Exception):
    """Somebody of this name is behind the same mailbox already."""


class IdentityChanged(Exception):
    """The person has another name or mailbox than when they were read, and the order of locks follows from these."""


def correct(*, participant, details, now):
    """Store what the person corrected; in another language their calendar entries have other words. Raises NameTaken.

    Locks the person and the name, in the order of names; begins anew where name or mailbox change meanwhile.
    """
    for _try in range(TRIES):
        with suppress(IdentityChanged):
            return _correct(participant, details, now)
        participant.refresh_from_db(fields=["mailbox", "name_key"])
    raise NameTaken


@transaction.atomic
def _correct(participant, details, now):
    name_key = fold_name(details.name)
    stored = locked_under(participant, name_key)
    if stored is None:
        return
    person = Participant.objects.filter(pk=stored.pk)
    found_by = search.text_of(name=details.name, email=stored.email, organisation=details.organisation)
    person.update(**asdict(details), name_key=name_key, search_text=found_by)
    subscription.correct_language(participant.mailbox, details.language)
    if stored.language != details.language:
        stored.registrations.confirmed().reword(now=now)


def locked_under(participant, name_key) -> Participant | None:
    """The person as they are stored, locked together with the folded name that they are to have; None if erased.

    In the order in which everybody locks people. Raises NameTaken, or IdentityChanged.
    """
    person = Participant.objects.filter(pk=participant.pk, anonymised_at=None)
    if participant.name_key <= name_key:
        _require_same(person.locked().first(), participant)
    is_free = identification.reserve(participant, name_key=name_key)
    _require_same(person.first(), participant)
    stored = person.locked().first()
    if not is_free and (stored is None or stored.name_key != name_key):
        raise NameTaken
    return stored


def _require_same(stored, seen):
    if stored and (stored.mailbox, stored.name_key) != (seen.mailbox, seen.name_key):
        raise IdentityChanged


def name_on_certificates(*, participant, name):
    """As it is to stand on certificates from now on; empty if as in their details."""
    Participant.objects.filter(pk=participant.pk, anonymised_at=None).update(certificate_name=name)
