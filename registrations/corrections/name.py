"""A name that was mistyped, or that somebody has no more: staff correct it, and everything else stays."""

from django.db import transaction

from registrations import audit
from registrations.enrolment import own_details
from registrations.models import Participant
from registrations.people import search
from registrations.people.identity import fold_address, fold_name


class SameName(Exception):
    """This is the name already."""


class NameTaken(Exception):
    """Somebody of this name is behind the same mailbox: `person`, or None where they have gone meanwhile."""

    def __init__(self, person):
        self.person = person
        super().__init__()


class ChangedMeanwhile(Exception):
    """The person has another name than the one shown, or has erased their details."""


@transaction.atomic
def correct(*, participant_id, shown, name, by):
    """Give the person who is called `shown` this name. No mail leaves: those to come have it.

    Keys, calendar entries and places stay. Locks the person and the name. Raises SameName, NameTaken or
    ChangedMeanwhile.
    """
    seen = Participant.objects.filter(pk=participant_id).first()
    if seen is None or seen.anonymised_at or seen.name != shown:
        raise ChangedMeanwhile
    if seen.name == name:
        raise SameName
    person = _locked(seen, name)
    if person is None or person.name != shown:
        raise ChangedMeanwhile
    person.name, person.name_key = name, fold_name(name)
    person.search_text = search.text_of(name=name, email=person.email, organisation=person.organisation)
    person.save(update_fields=["name", "name_key", "search_text"])
    audit.record("name-corrected", person, by=by)


def _locked(seen, name) -> Participant | None:
    try:
        return own_details.locked_under(seen, fold_name(name))
    except own_details.NameTaken:
        raise NameTaken(_of_name(seen, name)) from None
    except own_details.IdentityChanged:
        raise ChangedMeanwhile from None


def _of_name(seen, name) -> Participant | None:
    others = Participant.objects.filter(season=seen.season_id, mailbox=fold_address(seen.email), anonymised_at=None)
    return others.filter(name_key=fold_name(name)).first()
