"""Sign-ups that look made up, in groups with the reason: for staff to look at, never acted on by themselves."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q

from registrations.models import ClearedSuspect, Registration
from registrations.people.identity import fold_name
from sessions.seasons import season_clocks

# So many people within so long. Six colleagues of a ministry share one address on the net and one organisation, and
# sign up when its mail goes round: they stay below all of these.
SPAN = timedelta(minutes=10)
PEOPLE_OF_ONE_CLIENT = 12
PEOPLE_OF_ONE_ORGANISATION = 12
ADDRESSES_OF_ONE_PATTERN = 6
DAYS_LOOKED_AT = 7
DIGITS = re.compile(r"\d+")


Likeness = ClearedSuspect.Likeness


@dataclass
class Person:
    """Who signed up when, with the registrations that they still have."""

    participant_id: int
    name: str
    email: str
    mailbox: str
    organisation: str
    client: str
    registered_at: datetime
    registration_ids: list[int] = field(default_factory=list)
    # By the ways in which people are alike.
    cleared: dict[str, ClearedSuspect] = field(default_factory=dict)


@dataclass(frozen=True)
class SuspectGroup:
    """`what` is the organisation or the pattern; of a client there is nothing to say."""

    likeness: Likeness
    what: str
    people: list[Person]

    @property
    def unknown(self) -> list[Person]:
        """Those of whom staff have not said, of a group with this likeness, that they are real."""
        return [person for person in self.people if self.likeness not in person.cleared]

    @property
    def is_settled(self) -> bool:
        return not self.unknown

    @property
    def last_cleared(self) -> ClearedSuspect | None:
        marks = [person.cleared[self.likeness] for person in self.people if self.likeness in person.cleared]
        return max(marks, key=lambda mark: mark.cleared_at, default=None)


def groups(*, now) -> list[SuspectGroup]:
    """The largest first; somebody may be in several."""
    people = _people(now)
    found = [
        *_alike(people, Likeness.CLIENT, lambda person: person.client, PEOPLE_OF_ONE_CLIENT),
        *_alike(people, Likeness.ORGANISATION, _organisation, PEOPLE_OF_ONE_ORGANISATION),
        *_alike(people, Likeness.ADDRESSES, lambda person: pattern(person.mailbox), ADDRESSES_OF_ONE_PATTERN),
    ]
    _find_cleared(found)
    return sorted(found, key=lambda group: -len(group.people))


def unsettled(*, now) -> list[SuspectGroup]:
    """Those with somebody of whom staff have not said that they are real."""
    return [group for group in groups(now=now) if not group.is_settled]


def _find_cleared(found):
    people = {person.participant_id: person for group in found for person in group.people}
    for mark in ClearedSuspect.objects.filter(participant__in=people).select_related("cleared_by"):
        people[mark.participant_id].cleared[mark.likeness] = mark


def pattern(mailbox: str) -> str:
    """fake#@example.org for fake12@example.org, ana+*@example.org for tags; empty for an address without either."""
    local, _at, domain = mailbox.rpartition("@")
    name, plus, _tag = local.partition("+")
    told = f"{name}+*" if plus else DIGITS.sub("#", local)
    return "" if told == local else f"{told}@{domain}"


def _people(now) -> list[Person]:
    """Who came by the form of the sign-up: not those whom staff or a focal point entered, or invited."""
    recent = Registration.objects.active().filter(
        season_clocks.where("session__season", _is_recent, season_clocks.every(now))
    )
    by_form = recent.filter(participant__named_by=None, invitation=None, is_by_telephone=False)
    people = {}
    for registration in by_form.select_related("participant").order_by("registered_at", "pk"):
        person = people.setdefault(registration.participant_id, _person(registration))
        person.registration_ids.append(registration.pk)
    return list(people.values())


def _is_recent(now) -> Q:
    return Q(registered_at__gte=now - timedelta(days=DAYS_LOOKED_AT), occurrence__ends_at__gt=now)


def _person(registration) -> Person:
    who = registration.participant
    said = (who.pk, str(who), who.email, who.mailbox, who.organisation)
    return Person(*said, registration.client_digest, registration.registered_at)


def _organisation(person) -> str:
    return fold_name(person.organisation)


def _alike(people, likeness, trait: Callable, at_least) -> list[SuspectGroup]:
    by_trait = defaultdict(list)
    for person in people:
        if trait(person):
            by_trait[trait(person)].append(person)
    crowds = {what: _crowded(alike, at_least) for what, alike in by_trait.items()}
    return [SuspectGroup(likeness, _in_words(likeness, what, crowd), crowd) for what, crowd in crowds.items() if crowd]


def _in_words(likeness, what, crowd) -> str:
    if likeness is Likeness.CLIENT:
        return ""
    return crowd[0].organisation if likeness is Likeness.ORGANISATION else what


def _crowded(people, at_least) -> list[Person]:
    """Those who came with so many others within the span; the people are in order of time."""
    crowded = set()
    for first in range(len(people) - at_least + 1):
        last = first + at_least - 1
        if people[last].registered_at - people[first].registered_at <= SPAN:
            crowded.update(range(first, last + 1))
    return [people[place] for place in sorted(crowded)]
