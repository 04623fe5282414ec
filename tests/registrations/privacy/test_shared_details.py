"""Language, country and group of people who are erased stay only where five people of the season share all three."""

import pytest

from registrations.models import Participant
from registrations.privacy import anonymisation
from tests.factories import ParticipantFactory, SeasonFactory
from tests.support.registrations.signing_up import NOW

pytestmark = pytest.mark.django_db

KENYA = {"country": "404", "stakeholder": "ngo", "language": "fr"}
NOTHING = {"country": "", "stakeholder": "", "language": ""}


def people(number, **different) -> list[Participant]:
    season = different.pop("season", None) or SeasonFactory()
    return ParticipantFactory.create_batch(number, season=season, **KENYA | different)


def erase(*erased):
    anonymisation.anonymise(list(erased), now=NOW)


def left(*of) -> list[dict]:
    rows = Participant.objects.filter(pk__in=[person.pk for person in of]).order_by("pk")
    return list(rows.values(*KENYA))


def test_what_five_share_stays_with_the_one_who_is_erased():
    first, *others = people(5)

    erase(first)

    assert left(first) == [KENYA]
    assert left(*others) == [KENYA] * 4


def test_what_four_share_goes_from_the_one_who_is_erased_alone():
    first, *others = people(4)

    erase(first)

    assert left(first) == [NOTHING]
    assert left(*others) == [KENYA] * 3


@pytest.mark.parametrize("other", [{"country": "756"}, {"stakeholder": "igo"}, {"language": "en"}])
def test_sharing_two_of_three_is_not_enough(other):
    first, *_others = people(4)
    people(3, season=first.season, **other)

    erase(first)

    assert left(first) == [NOTHING]


def test_people_of_another_season_do_not_count():
    first = people(1)[0]
    people(9)

    erase(first)

    assert left(first) == [NOTHING]


def test_erased_people_count_with_those_who_are_there():
    season = people(5)

    for person in season:
        erase(person)

    assert left(*season) == [KENYA] * 5


def test_people_erased_together_are_compared_with_their_own_seasons():
    many, few = people(5), people(2)

    erase(*many, *few)

    assert left(*many) == [KENYA] * 5
    assert left(*few) == [NOTHING] * 2
