"""By what people are counted besides the programme: what they said of themselves, and what follows from a country."""

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
OF_COUNTRIES = ("un-group", "region", "subregion", "sids-ldc")


def _known(country) -> countries.Country:
    """Of what is no country nothing follows."""
    return countries.by_code(country) or countries.NO_COUNTRY
