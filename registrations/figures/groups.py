"""The groups into which the countries of people are put together."""

from registrations.figures.tables import BY_GROUP
from sessions.models import Party
from sessions.reference import countries, regional_groups

BY_PARTY = "party"
# Of a country that is not in the list of the Parties nothing is known: "".
PARTY, NOT_YET = "party", "not-yet"


def _known(code) -> countries.Country:
    """Of what is no country nothing follows."""
    return countries.by_code(code) or countries.NO_COUNTRY


# By kind of table: the rows in which people of a country count.
OF_COUNTRIES = {
    BY_GROUP: lambda code: [regional_groups.of(code)],
    "region": lambda code: [_known(code).region_code],
    "subregion": lambda code: [_known(code).subregion_code],
    "sids-ldc": lambda code: _known(code).lists,
}


def of_countries(season) -> dict:
    """OF_COUNTRIES, and whether it was a Party when the season began, as far as staff keep that list."""
    since = dict(Party.objects.values_list("country", "since"))
    states = {country: PARTY if day <= season.starts_on else NOT_YET for country, day in since.items()}
    return OF_COUNTRIES | ({BY_PARTY: lambda code: [states.get(code, "")]} if states else {})
