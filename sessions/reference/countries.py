"""Countries and areas as the United Nations Statistics Division lists them (M49), named in the six languages.

Mended in ours are six names that its Arabic list has cut, turned round or misspelt, four of the Russian one that are in
another case than the nominative, and one without its capital; docs/glossary says which.
"""

import csv
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "m49-six-languages.csv"
LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
LISTS = ("sids", "ldc", "lldc")


@dataclass(frozen=True)
class Country:
    """`code` is the M49 code, three digits; the names are by two-letter language code.

    `lists` has what of LISTS it is on: least developed, landlocked developing, small island developing.
    """

    code: str
    iso2: str
    region_code: str
    subregion_code: str
    lists: tuple[str, ...]
    names: dict[str, str]
    region_names: dict[str, str]
    subregion_names: dict[str, str]


# M49 has no code for a person who speaks for no country; 000 is not used by it.
NO_COUNTRY = Country(
    code="000",
    iso2="",
    region_code="",
    subregion_code="",
    lists=(),
    names={
        "en": "International organisation or no country",
        "fr": "Organisation internationale ou aucun pays",
        "es": "Organización internacional o ningún país",
        "ru": "Международная организация или без страны",
        "ar": "منظمة دولية أو لا بلد محدد",
        "zh": "国际组织或无国家",
    },
    region_names=dict.fromkeys(LANGUAGES, ""),
    subregion_names=dict.fromkeys(LANGUAGES, ""),
)
# What somebody has who said none, and who speaks for none.
NO_COUNTRIES = ("", NO_COUNTRY.code)


def choices(language: str) -> list[tuple[str, str]]:
    """Pairs of code and name in the order of that language's dictionaries; NO_COUNTRY comes last."""
    return list(_choices(_column(language)))


@cache
def _choices(column) -> tuple[tuple[str, str], ...]:
    named = [(country.code, country.names[column]) for country in _table().values() if country is not NO_COUNTRY]
    named.sort(key=lambda pair: sort_key(pair[1], column))
    return (*named, (NO_COUNTRY.code, NO_COUNTRY.names[column]))


def name(code: str, language: str) -> str:
    """The name in that language; empty for an unknown code."""
    country = by_code(code)
    return country.names[_column(language)] if country else ""


def region(code: str, language: str) -> str:
    """The name of the region it lies in; empty for an unknown code, and for what lies in none."""
    country = by_code(code)
    return country.region_names[_column(language)] if country else ""


def regions(language: str) -> list[tuple[str, str]]:
    """Pairs of code and name of the regions of the United Nations, in the order of their names."""
    column = _column(language)
    named = {country.region_code: country.region_names[column] for country in _table().values() if country.region_code}
    return sorted(named.items(), key=lambda pair: sort_key(pair[1], column))


def subregions(language: str) -> list[tuple[str, str]]:
    """The same of their parts, such as Eastern Asia."""
    column = _column(language)
    found = [country for country in _table().values() if country.subregion_code]
    named = {country.subregion_code: country.subregion_names[column] for country in found}
    return sorted(named.items(), key=lambda pair: sort_key(pair[1], column))


def of_regions(codes) -> list[str]:
    """The codes of the countries of these regions."""
    return [country.code for country in _table().values() if country.region_code in codes]


def by_code(code: str) -> Country | None:
    return _table().get(code)


def by_iso2(iso2: str) -> Country | None:
    return _table_by_iso2().get(iso2.upper())


@cache
def _table() -> dict[str, Country]:
    with TABLE.open(encoding="utf-8", newline="") as rows:
        countries = [_country(row) for row in csv.DictReader(rows)]
    return {country.code: country for country in [*countries, NO_COUNTRY]}


@cache
def _table_by_iso2() -> dict[str, Country]:
    return {country.iso2: country for country in _table().values() if country.iso2}


def _country(row) -> Country:
    return Country(
        code=row["m49"],
        iso2=row["iso2"],
        region_code=row["region_code"],
        subregion_code=row["subregion_code"],
        lists=tuple(name for name in LISTS if row[name] == "1"),
        names={language: row[f"name_{language}"] for language in LANGUAGES},
        region_names={language: row[f"region_{language}"] for language in LANGUAGES},
        subregion_names={language: row[f"subregion_{language}"] for language in LANGUAGES},
    )


def _column(language) -> str:
    """zh-hans gives zh, fr-ch gives fr; a language without a column gives English."""
    base = language.lower().partition("-")[0]
    return base if base in LANGUAGES else "en"


def sort_key(text, language):
    """By which dictionaries of the language order words."""
    if language.startswith("zh"):
        # GB 2312, the core of GB 18030, lists the common characters by their pinyin.
        return text.encode("gb18030")
    if language.startswith("ar"):
        # Lists of the United Nations have الأردن between أذربيجان and أرمينيا.
        text = text.removeprefix("ال")
    return _without_accents(text).casefold()


def _without_accents(text) -> str:
    """Letters as dictionaries order them: É as E, أ as ا; but й stays a letter of its own."""
    decomposed = unicodedata.normalize("NFD", text).replace("и\u0306", "й").replace("И\u0306", "Й")
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
