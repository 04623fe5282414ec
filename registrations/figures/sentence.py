"""The sentence about a season that the Secretariat copies into its reports, and that its public page begins with.

It leaves the Secretariat: a number of people from 1 to 4 is not in it.
"""

from dataclasses import dataclass
from string import Formatter

from registrations.figures.names import BY_SESSION, BY_SLOT
from registrations.figures.sentence_words import (
    ATTENDANCES,
    COUNTRIES,
    HOURS,
    PEOPLE,
    REGISTRATIONS,
    SESSIONS,
    SHARES,
    WORDS,
)
from registrations.figures.tables import BY_COUNTRY, BY_GROUP, FEWEST
from sessions.clocks import dates
from sessions.reference import countries

# The column of places and that of their people: who came, as far as that is known.
OF_THOSE_WHO_CAME, OF_ALL = (ATTENDANCES, "came", "people_came"), (REGISTRATIONS, "registered", "people")


@dataclass(frozen=True)
class Part:
    """Some words of the sentence; `counted` says which number is in them, "" if there is none."""

    text: str
    counted: str = ""


@dataclass(frozen=True)
class Numbers:
    """`places` are registrations or attendances, as `counted` says; None where they cannot be told.

    `shares` are codes of regional groups, each with its part of the people, the largest first.
    """

    sessions: int
    hours: float
    counted: str = ""
    places: int | None = None
    people: int | None = None
    countries: int = 0
    shares: tuple[tuple[str, float], ...] = ()


def parts(numbers, language) -> list[Part]:
    """The sentence in one of the six languages, in the order in which it is read."""
    words = WORDS[language]
    found = {SESSIONS: _said(SESSIONS, numbers.sessions, language), HOURS: _said(HOURS, numbers.hours, language)}
    if not numbers.people:
        return [*_filled(words["short"], found), Part(words["end"])]
    of_people = {numbers.counted: numbers.places, PEOPLE: numbers.people, COUNTRIES: numbers.countries}
    found |= {counted: _said(counted, number, language, hides=True) for counted, number in of_people.items()}
    sentence = words["sentence"].replace("{places}", f"{{{numbers.counted}}}")
    if numbers.shares:
        sentence += words["share"]
        found[SHARES] = dates.all_of([_share(*share, language) for share in numbers.shares], language)
    return [*_filled(sentence, found), Part(words["end"])]


def text(parts) -> str:
    return "".join(part.text for part in parts)


def numbers(tables, shown, names, *, until, has_shares=True) -> Numbers:
    """`tables` with all numbers, `shown` the same as others may see them; slots that ended `until` then were held."""
    true, public = ({table.kind: table for table in found} for found in (tables, shown))
    held = _held(true[BY_SLOT], names, until)
    sessions = sum(not held.keys().isdisjoint(row.parts) for row in true[BY_SESSION].rows)
    hours = round(sum(seconds for seconds in held.values()) / 3600, 1)
    for counted, places, people in (OF_THOSE_WHO_CAME, OF_ALL):
        told = [_told(true[BY_COUNTRY], public[BY_COUNTRY], column) for column in (places, people)]
        if None not in told:
            shares = _shares(public[BY_GROUP], people, told[1]) if has_shares else ()
            return Numbers(sessions, hours, counted, *told, _countries(true[BY_COUNTRY], people), shares)
    return Numbers(sessions, hours)


def _held(table, names, until) -> dict[str, float]:
    """Seconds by key of the slots that were held."""
    known = names.rows.get(BY_SLOT, {})
    slots = {row.key: known[row.key] for row in table.rows if row.key in known}
    is_held = {key: not name.is_called_off and name.ends_at <= until for key, name in slots.items()}
    return {key: name.held_seconds for key, name in slots.items() if is_held[key]}


def _told(true, public, column) -> int | None:
    """Of all: a small number is told as such; None where it is not known, or hidden for the sake of another.

    None as well where no country's number is shown: five people from five countries would be one from each.
    """
    number = _value(true, true.total, column)
    if number is not None and 0 < number < FEWEST:
        return number
    is_left_out = all(_value(public, row, column) is None for row in public.rows)
    return None if is_left_out else _value(public, public.total, column)


def _countries(table, column) -> int:
    return sum(bool(_value(table, row, column)) for row in table.rows if row.key not in countries.NO_COUNTRIES)


def _shares(public, column, people) -> tuple[tuple[str, float], ...]:
    """Of the groups whose number others may see, and that are at least one in a hundred.

    Of none, if one that they do not see could be larger: the sentence would leave out the largest.
    """
    seen = {row.key: _value(public, row, column) for row in public.rows}
    not_seen = people - sum(number or 0 for number in seen.values())
    told = {key: number for key, number in seen.items() if key in WORDS["en"][SHARES] and (number or 0) >= FEWEST}
    if people < FEWEST or not_seen > max(told.values(), default=0):
        return ()
    largest_first = sorted(told.items(), key=lambda share: (-share[1], share[0]))
    return tuple((key, number / people) for key, number in largest_first if round(100 * number / people))


def _value(table, row, column) -> int | None:
    return dict(zip(table.columns, row.values, strict=True)).get(column)


def _said(counted, number, language, *, hides=False) -> str:
    words, shown = WORDS[language], dates.number(number, language)
    if hides and 0 < number < FEWEST:
        number, shown = FEWEST, words["fewer"].format(number=dates.number(FEWEST, language))
    forms, form = words[counted], dates.plural_form(number, language)
    return forms.get(form, forms.get("other", forms.get("many"))).format(number=shown)


def _share(group, share, language) -> str:
    return WORDS[language][SHARES][group].format(number=dates.percent(share, language))


def _filled(sentence, found) -> list[Part]:
    """Parts with a number, and the words between them."""
    filled = []
    for before, counted, _format, _conversion in Formatter().parse(sentence):
        filled += [Part(before)] if before else []
        filled += [Part(found[counted], counted)] if counted else []
    return filled
