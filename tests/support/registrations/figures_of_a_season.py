"""Figures of an invented season, counted from people one by one, without a database."""

import random

from registrations.figures.groups import OF_COUNTRIES
from registrations.figures.tables import COUNTED, Row, Table
from sessions.reference import countries, regional_groups

GROUPS = ("government", "government", "ngo", "ngo", "academia", "business", "igo")
SAID = {
    "country": lambda person: [person[0]],
    "stakeholder": lambda person: [person[1]],
    "language": lambda person: [person[2]],
}
LANGUAGES = ("en", "en", "en", "en", "fr", "fr", "es", "es", "ru", "zh-hans")


def figures(seed, *, people=800, sessions=13, countries_of_people=124) -> list[Table]:
    """Few countries have many people, and many have few; a third of the sessions has one slot, the others two."""
    chance = random.Random(seed)
    slots = [(f"{session}.{half}", session) for session in range(sessions) for half in range(1 + (session % 3 > 0))]
    crowd = [_person(chance, slots, place) for place in _places(chance, people, countries_of_people)]
    total = Row("total", _cell(crowd, lambda *_: True))
    parts_of_programme = {
        "session": lambda session: str(session),
        "stream": lambda session: f"stream {session % 3}",
        "week": lambda session: f"week {session * 2 // 3}",
    }
    slot_rows = tuple(Row(key, _cell(crowd, lambda _p, slot, key=key: slot == key)) for key, _session in slots)
    return [
        Table("slot", COUNTED, slot_rows, total),
        *(_of_slots(kind, part_of, slots, crowd, total) for kind, part_of in parts_of_programme.items()),
        *(_of_people(kind, keys, crowd, total) for kind, keys in _keys().items()),
    ]


def _keys():
    """By kind of table, the rows in which a person counts."""
    of_countries = {kind: groups_of for kind, groups_of in OF_COUNTRIES.items() if kind != "subregion"}
    return SAID | {
        kind: lambda person, groups_of=groups_of: groups_of(person[0]) for kind, groups_of in of_countries.items()
    }


def _places(chance, people, number):
    members = [code for code, _name in countries.choices("en") if regional_groups.of(code) != regional_groups.NONE]
    found = chance.sample(members, number)
    weights = [1 / (1 + rank) for rank in range(number)]
    return [*found, *chance.choices(found, weights, k=max(0, people - number))][:people]


def _person(chance, slots, country):
    """Country, group, language, whether they are new, and of each of their slots whether they came and how long."""
    numbers = sorted({session for _key, session in slots})
    chosen = chance.sample(numbers, min(len(numbers), 1 + int(chance.expovariate(0.5))))
    seats = {}
    for session in chosen:
        slot = chance.choice([key for key, of in slots if of == session])
        confirmed = chance.random() < 0.95
        came = confirmed and chance.random() < 0.55
        seats[slot] = confirmed, came, chance.randint(300, 5400) if came else 0
    return (country, chance.choice(GROUPS), chance.choice(LANGUAGES)), chance.random() < 0.6, seats


def _cell(crowd, counts):
    cell = dict.fromkeys(COUNTED, 0)
    for person, is_new, seats in crowd:
        theirs = [seat for slot, seat in seats.items() if counts(person, slot)]
        cell["registered"] += len(theirs)
        cell["confirmed"] += sum(confirmed for confirmed, _came, _seconds in theirs)
        cell["came"] += sum(came for _confirmed, came, _seconds in theirs)
        cell["seconds"] += sum(seconds for *_others, seconds in theirs)
        cell["people"] += bool(theirs)
        cell["first_time"] += bool(theirs) and is_new
        cell["people_came"] += any(came for _confirmed, came, _seconds in theirs)
    cell["held"] = cell["confirmed"]
    return tuple(cell[column] for column in COUNTED)


def _of_slots(kind, part_of, slots, crowd, total):
    parts = {}
    for slot, session in slots:
        parts.setdefault(part_of(session), []).append(slot)
    rows = [
        Row(key, _cell(crowd, lambda _person, slot, theirs=theirs: slot in theirs), tuple(theirs))
        for key, theirs in parts.items()
    ]
    return Table(kind, COUNTED, tuple(rows), total, "slot")


def _of_people(kind, keys, crowd, total):
    parts = {}
    for person, _is_new, _seats in crowd:
        for key in keys(person):
            parts.setdefault(key, set()).add(person[0])
    rows = [
        Row(
            key,
            _cell(crowd, lambda person, _slot, key=key: key in keys(person)),
            tuple(sorted(countries_of_row)) if kind in OF_COUNTRIES else (),
        )
        for key, countries_of_row in sorted(parts.items())
    ]
    return Table(kind, COUNTED, tuple(rows), total, "country" if kind in OF_COUNTRIES else "")
