"""By what people are counted besides the programme: what they said of themselves, and what follows from a country."""

from sessions.models import Party
from sessions.reference import countries, regional_groups

# By kind of table: the rows in which somebody counts, from country, stakeholder group and language.
KEYS = {
    "un-group": lambda country, _stakeholder, _language: [regional_groups.of(country)],
    "region": lambda country, _stakeholder, _language: [_known(country).region_code],
    "subregion": lambda country, _stakeholder, _language: [_known(country).subregion_code],
    "country": lambda country, _stakeholder, _language: [country],
    "sids-ldc": lambda country, _stakeholder, _language: _known(country).lists,
    "stakeholder": lambda _country, stakeholder, _language: [stakeholder],
    "language": lambda _country, _stakeholder, language: [language],
}
# The tables whose rows are countries put together.
BY_PARTY = "party"
OF_COUNTRIES = ("un-group", "region", "subregion", "sids-ldc", BY_PARTY)
# Of a country that is not in the list of the Parties nothing is known: "".
PARTY, NOT_YET = "party", "not-yet"


def keys_in(season) -> dict:
    """KEYS, and whether somebody's country was a Party when the season began, as far as staff keep that list."""
    since = dict(Party.objects.values_list("country", "since"))
    states = {country: PARTY if day <= season.starts_on else NOT_YET for country, day in since.items()}
    by_party = {BY_PARTY: lambda country, _stakeholder, _language: [states.get(country, "")]}
    return KEYS | (by_party if states else {})


def _known(country) -> countries.Country:
    """Of what is no country nothing follows."""
    return countries.by_code(country) or countries.NO_COUNTRY
