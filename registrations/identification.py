"""Who somebody is: the person of that name behind that mailbox, stored when nobody knew them before."""

from registrations.mailboxes import fold_address, fold_name
from registrations.models import Participant

ROUNDS = 10


class NotFound(Exception):
    """A person could be neither stored nor found; their details were erased and stored again and again meanwhile."""


def find_or_store(season, email, described) -> tuple[Participant, bool]:
    """The person, locked, and whether they are new; whoever erased their details at this very moment is.

    Most people are new, so they are stored first. A person who is known is passed over without an error: the log of
    the database would keep what the statement says of them.
    """
    person = {"season": season, "mailbox": fold_address(email), "name_key": fold_name(described["name"])}
    known = Participant.objects.select_for_update(of=("self",)).select_related("season")
    # Another round for who found somebody whose details were erased between the two statements.
    for _ in range(ROUNDS):
        new = Participant(email=email, **person, **described)
        Participant.objects.bulk_create([new], ignore_conflicts=True)
        if found := known.filter(anonymised_at=None, **person).first():
            return found, found.key == new.key
    raise NotFound


def is_taken(name, *, besides) -> bool:
    """Whether somebody else behind the mailbox of this person has the name."""
    others = Participant.objects.filter(season=besides.season_id, mailbox=besides.mailbox).exclude(pk=besides.pk)
    return others.filter(name_key=fold_name(name)).exists()
