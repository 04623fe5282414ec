"""What is registered under proven mailboxes, by season and person."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q

from registrations.models import Participant, Registration
from sessions.models import Season


@dataclass(frozen=True)
class PersonSummary:
    name: str
    key: str
    sessions: int


@dataclass(frozen=True)
class SeasonSummary:
    season: Season
    people: list[PersonSummary]


def seasons_of(mailboxes) -> list[SeasonSummary]:
    """The newest first; two queries for each mailbox, of which there is one."""
    active = Count("registrations", filter=Q(registrations__status__in=Registration.ACTIVE))
    people = Participant.objects.annotate(sessions=active)
    found = [person for mailbox in mailboxes for person in people.behind(mailbox)]
    by_season = groupby(found, key=lambda person: person.season)
    return [SeasonSummary(season, _summaries(group)) for season, group in by_season]


def _summaries(people) -> list[PersonSummary]:
    return [PersonSummary(person.name, person.key, person.sessions) for person in people]
