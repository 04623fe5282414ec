"""What is registered under proven mailboxes, by season and person."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q

from registrations.models import Participant, Registration
from sessions.models import Season


@dataclass(frozen=True)
class PersonThere:
    name: str
    key: str
    sessions: int


@dataclass(frozen=True)
class SeasonThere:
    season: Season
    people: list[PersonThere]


def seasons_of(mailboxes) -> list[SeasonThere]:
    """The newest first; two queries for each mailbox, of which there is one."""
    active = Count("registrations", filter=Q(registrations__status__in=Registration.ACTIVE))
    people = Participant.objects.annotate(sessions=active)
    found = [person for mailbox in mailboxes for person in people.behind(mailbox)]
    by_season = groupby(found, key=lambda person: person.season)
    return [SeasonThere(season, [PersonThere(p.name, p.key, p.sessions) for p in group]) for season, group in by_season]
