"""Texts of staff in other languages than English; `said` is how everything that people read asks for one.

A row with texts has `TRANSLATED`, the names of its English columns, and a JSON column `translations`: by language and
name a text, the digest of the English that it was made from, and whether it is hidden. What came with the site may have
`usual`, its English texts by name: as long as staff leave them, the catalogue has their translations.
"""

import hashlib
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language, gettext, override

ENGLISH = "en"
# In the order of the United Nations, as `settings.LANGUAGES`; staff prepare also what is not offered yet.
LANGUAGES = ("ar", "zh-hans", "fr", "ru", "es")


class Said(NamedTuple):
    """A text as a reader gets it; one of choices is a list of texts. A fallback is English for who asked otherwise."""

    text: str | list[str]
    language: str
    is_fallback: bool


class Rewording(NamedTuple):
    """How often new translations gave the calendar entries of a row other words, and when they did so last."""

    times: int
    at: datetime | None


class State(StrEnum):
    """Of a translation; one without English has none to be made of. That of a usual text comes with the site."""

    NO_ENGLISH = "no_english"
    MISSING = "missing"
    USUAL = "usual"
    THERE = "there"
    CHANGED = "changed"


def offered(language) -> str:
    """The language to write in to who reads this one: English while it is held back, or where none is known."""
    return language if language in dict(settings.LANGUAGES) else ENGLISH


def said(row, name, language=None) -> Said:
    """The text of this column in a language, that of the page without one; in English where it is missing or hidden."""
    english, wanted = getattr(row, name), language or get_language() or ENGLISH
    if wanted == ENGLISH or not english:
        return Said(english, wanted, False)
    entry = _entry(row, name, wanted)
    # Choices are told apart by their place: to others than the translated ones the places may not belong.
    is_other = isinstance(english, list) and entry.get("of") != digest(english)
    if entry.get("text") and not entry.get("hidden") and not is_other:
        return Said(entry["text"], wanted, False)
    if _is_usual(row, name):
        return Said(_of_catalogue(english, wanted), wanted, False)
    return Said(english, ENGLISH, True)


def words(row, name, language=None):
    """The text alone, for plain texts and programs, which have no mark for English."""
    return said(row, name, language).text


def state(row, name, language) -> State:
    """Whether a text is translated, and whether its English is still what the translation was made from."""
    if not getattr(row, name):
        return State.NO_ENGLISH
    entry = _entry(row, name, language)
    if not entry.get("text"):
        return State.USUAL if _is_usual(row, name) else State.MISSING
    return State.THERE if entry.get("of") == digest(getattr(row, name)) else State.CHANGED


def typed(row, name, language):
    """The translation as staff wrote it, also of a hidden one; empty where there is none."""
    return _entry(row, name, language).get("text") or ""


def made_of(row, name, language) -> str:
    """The digest of the English of then; empty where there is no translation."""
    return _entry(row, name, language).get("of", "")


def is_hidden(row, name, language) -> bool:
    return bool(_entry(row, name, language).get("hidden"))


def rewording(row, language=None) -> Rewording:
    """Of entries in one language, that of the page without one: their SEQUENCE goes up by `times`."""
    times, at = row.reworded.get(language or get_language() or ENGLISH, (0, None))
    return Rewording(times, at and datetime.fromisoformat(at))


def reword(row, language, *, now):
    """Note that entries in this language have other words from now on. Saves nothing."""
    row.reworded = row.reworded | {language: [rewording(row, language).times + 1, now.isoformat()]}


def digest(english) -> str:
    """Of the English that a translation is made from: equal while nothing but line ends and outer blanks differ."""
    lines = english if isinstance(english, list) else str(english).strip().splitlines()
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def put(row, name, language, text, *, of="", hidden=False):
    """Write the translation into the row; an empty text takes it away. Saves nothing.

    `of` is the digest of the English that it was made from, without one that of now.
    """
    stored = {code: dict(entries) for code, entries in row.translations.items()}
    stored.setdefault(language, {}).pop(name, None)
    if text:
        state = {"hidden": True} if hidden else {}
        stored[language][name] = {"text": text, "of": of or digest(getattr(row, name))} | state
    row.translations = {code: entries for code, entries in stored.items() if entries}


def merged(stored, new) -> dict:
    """Two values of the column: what is in `new` in the place of what is stored, which stays hidden where it was."""
    return {
        code: {
            name: stored.get(code, {}).get(name, {}) | new.get(code, {}).get(name, {})
            for name in stored.get(code, {}) | new.get(code, {})
        }
        for code in stored | new
    }


def of_columns(row, names) -> dict:
    """What is stored of these alone, in every language."""
    kept = {
        code: {name: entries[name] for name in names if name in entries} for code, entries in row.translations.items()
    }
    return {code: entries for code, entries in kept.items() if entries}


def _is_usual(row, name) -> bool:
    return getattr(row, name) == getattr(row, "usual", {}).get(name)


def _of_catalogue(english, language):
    with override(language):
        return [gettext(each) for each in english] if isinstance(english, list) else gettext(english)


def _entry(row, name, language) -> dict:
    return row.translations.get(language, {}).get(name, {})
