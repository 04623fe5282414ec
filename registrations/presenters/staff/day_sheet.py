"""Ready values for the host's sheet about a time slot: who comes, in true numbers, and what they need."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registrations.models import Participant, Registration
from sessions.models import Occurrence
from sessions.reference import countries
from sessions.reference.languages import LANGUAGE_WORDS

# As many as fit on the sheet beside the numbers; and names on a sheet of their own.
MOST_COUNTRIES, MOST_NAMES, NAMES_A_SHEET = 45, 40, 60
GROUPS = dict(Participant.Stakeholder.choices)


@dataclass(frozen=True)
class Count:
    """`people` is how many, `name` of what."""

    name: str
    people: int


@dataclass(frozen=True)
class Person:
    name: str
    about: str
    access_needs: str


@dataclass(frozen=True)
class Sheet:
    """Of the people who have a place. The largest number comes first in each list.

    `countries` are those that fit, and `others` the people of those that do not. `people` is empty unless names are
    wanted; where they do not fit beside the numbers, they follow on `more_sheets` instead.
    """

    slot: Occurrence
    panel: list[str]
    number: int
    number_of_countries: int
    countries: list[Count]
    others: int
    regions: list[Count]
    groups: list[Count]
    languages: list[Count]
    needs: int
    people: list[Person] = field(default_factory=list)
    with_needs: list[Person] = field(default_factory=list)
    more_sheets: list[list[Person]] = field(default_factory=list)

    @property
    def sheets_with_names(self) -> int:
        """How many sheets of paper it takes with names."""
        return 1 if self.number <= MOST_NAMES else 1 + -(-self.number // NAMES_A_SHEET)


def of_slot(slot, *, has_names) -> Sheet:
    """For a slot with its session and season; `has_names` puts people and what they need by name on it."""
    people = [each.participant for each in _registrations(slot)]
    by_country = _named(people, lambda person: countries.name(person.country, get_language()), _("not said"))
    shown, rest = by_country[:MOST_COUNTRIES], by_country[MOST_COUNTRIES:]
    with_needs = [person for person in people if person.access_needs.strip()]
    names = [_person(person) for person in people] if has_names else []
    do_fit = len(names) <= MOST_NAMES
    return Sheet(
        slot=slot,
        panel=[_panelist(each) for each in slot.session.speakers.all()],
        number=len(people),
        number_of_countries=len({person.country for person in people}.difference(countries.NO_COUNTRIES)),
        countries=shown,
        others=sum(count.people for count in rest),
        regions=_named(people, lambda person: countries.region(person.country, get_language()), _("no region")),
        groups=_named(people, lambda person: GROUPS.get(person.stakeholder), _("not said")),
        languages=_named(people, lambda person: LANGUAGE_WORDS.get(person.language), _("not known")),
        needs=len(with_needs),
        people=names if do_fit else [],
        with_needs=[_person(person) for person in with_needs] if has_names else [],
        more_sheets=[]
        if do_fit
        else [names[first : first + NAMES_A_SHEET] for first in range(0, len(names), NAMES_A_SHEET)],
    )


def _registrations(slot):
    registrations = Registration.objects.confirmed().of_confirmed_people().filter(occurrence=slot)
    return registrations.select_related("participant").order_by("participant__name", "pk")


def _named(people, name_of, nothing) -> list[Count]:
    """The most first, and those of one number in the order of their names."""
    found = Counter(str(name_of(person) or nothing) for person in people)
    return [Count(*each) for each in sorted(found.items(), key=lambda each: (-each[1], each[0]))]


def _panelist(speaker) -> str:
    return _("%(name)s (%(part)s)") % {"name": speaker.name, "part": speaker.get_part_display()}


def _person(person) -> Person:
    known = [person.organisation, countries.name(person.country, get_language())]
    return Person(str(person), " · ".join(filter(None, known)), person.access_needs)
