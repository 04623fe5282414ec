"""The language that a list of guests names for somebody, as people write it: “fr”, “French”, “français”, “الفرنسية”."""

import re
import unicodedata
from functools import cache

from babel import Locale

from sessions.clocks.dates import LOCALES

WORD = re.compile(r"[^\W\d_]+")


def code_of(typed) -> str:
    """The code of one of the six languages; empty for another, and for none.

    By its first word: what follows is a country, a script or a second language.
    """
    return _codes().get(_first_word(typed), "")


@cache
def _codes() -> dict[str, str]:
    """By each code, and by what CLDR calls the language in all six."""
    found = {code.partition("-")[0]: code for code in LOCALES}
    for locale in map(Locale.parse, LOCALES.values()):
        for code, name in LOCALES.items():
            found |= {_first_word(locale.languages[each]): code for each in (name, name.partition("_")[0])}
    return found


def _first_word(text) -> str:
    """Without accents and case."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", text) if unicodedata.category(each) != "Mn")
    word = WORD.search(plain.casefold())
    return word[0] if word else ""
