"""Whether people are from Parties is counted as far as staff keep the list, and is never guessed."""

from datetime import date

import pytest

from registrations.figures import counting, naming
from registrations.figures.names import Names
from sessions.models import Party
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.registrations.random_season import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def season():
    """Begins on 1 September 2030."""
    slot = OccurrenceFactory()
    for country in ["404", "404", "756", "250", "", "000"]:
        RegistrationFactory(occurrence=slot, participant__country=country)
    return slot.session.season


def by_party(season) -> dict:
    tables = {table.kind: table for table in counting.tables(season, now=NOW)}
    table = tables.get("party")
    place = table and table.columns.index("people")
    return table and {row.key: (row.values[place], row.parts) for row in table.rows}


def test_country_counts_as_a_party_from_its_day_on(season):
    Party.objects.create(country="404", since=date(2030, 9, 1))
    Party.objects.create(country="756", since=date(2030, 9, 2))

    assert by_party(season) == {
        "party": (2, ("404",)),
        "not-yet": (1, ("756",)),
        "": (3, ("", "000", "250")),
    }


def test_without_a_list_there_is_no_table(season):
    assert by_party(season) is None


def test_rows_have_words():
    words = [naming.row("party", key, Names(), zone=None) for key in ("party", "not-yet", "")]

    assert words == ["Party when the season began", "Party since a later day", "Not known"]
