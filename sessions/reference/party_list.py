"""A list of Parties as people paste it: a country and a day on each line."""

import csv
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from sessions.reference import countries

# As the depositary, spreadsheets and people write days; "a", "A" and the like stand behind them in its list.
DAYS = ("%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%d/%m/%Y", "%d.%m.%Y")
HOW = re.compile(r"\s+\(?[A-Za-z]{1,2}\)?$")
CELLS = re.compile(r"\s*[\t;]\s*")


@dataclass(frozen=True)
class Line:
    """`country` is an M49 code; it is empty, or `since` None, where that was not understood."""

    number: int
    text: str
    country: str
    since: date | None


def read(text) -> list[Line]:
    """The first cell of a line is the country (its name, or a code), the last one the day; empty lines are left out."""
    lines = enumerate(text.splitlines(), 1)
    return [_line(number, line.strip()) for number, line in lines if line.strip()]


def written(parties) -> str:
    """The text that `read` understands, of pairs of code and day."""
    named = sorted((countries.name(code, "en") or code, since) for code, since in parties)
    return "\n".join(f"{name}; {since.isoformat()}" for name, since in named)


def _line(number, text) -> Line:
    cells = [cell.strip('" ') for cell in CELLS.split(text)]
    names = cells[:1]
    if len(cells) == 1:
        cells = [cell.strip() for cell in next(csv.reader([text]))]
        # The names of some countries have commas.
        names = [text.rpartition(",")[0].strip('" '), cells[0]]
    return Line(number, text, next(filter(None, map(_country, names)), ""), _day(cells[-1]))


def _country(name) -> str:
    known = countries.by_code(name.zfill(3) if name.isdigit() else "") or countries.by_iso2(name)
    return known.code if known else _codes_by_name().get(_folded(name), "")


def _day(written) -> date | None:
    for day in (written, HOW.sub("", written)):
        for form in DAYS:
            try:
                return datetime.strptime(day, form).date()
            except ValueError:
                continue
    return None


@cache
def _codes_by_name() -> dict[str, str]:
    found = {}
    for language in countries.LANGUAGES:
        for code, name in countries.choices(language):
            if code != countries.NO_COUNTRY.code:
                found[_folded(name)] = code
    return found


def _folded(name) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())
