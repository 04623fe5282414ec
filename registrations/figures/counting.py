"""Counts a season: every table of its figures."""

from collections import defaultdict
from dataclasses import dataclass

from registrations.figures import groups
from registrations.figures.counted import Counted, total
from registrations.figures.names import BY_QUESTION, BY_SESSION, BY_SLOT, BY_STREAM
from registrations.figures.tables import COUNTED, OF_PEOPLE, Row, Table
from sessions.models import Question

TOTAL = "total"


@dataclass(frozen=True)
class Both:
    """`tables` are for the staff; `public` the same of the sessions alone that everybody can see."""

    tables: tuple[Table, ...]
    public: tuple[Table, ...]


def both(season, *, now) -> Both:
    found = tuple(tables(season, now=now))
    hides_sessions = season.sessions.filter(is_published=False).exists()
    return Both(found, tuple(tables(season, now=now, in_public=True)) if hides_sessions else found)


def tables(season, *, now, in_public=False) -> list[Table]:
    """By session, slot, stream and week, by what people said of themselves, and one for each question with a list.

    A rehearsal has figures of its own, and counts in those of no other season.
    """
    counted = Counted(season, now=now, in_public=in_public)
    of_programme = [_by_session(counted), _by_slot(counted), _by_stream(counted), _by_week(counted)]
    return [*of_programme, *_by_people(counted), *_by_answers(counted)]


def _by_session(counted) -> Table:
    """In the order of their first slots; those without any come last."""
    slots = {str(slot.row.session_id): [] for slot in counted.slots}
    slots |= {str(pk): [] for pk in counted.sessions.order_by("pk").values_list("pk", flat=True)}
    return _by_part(BY_SESSION, counted, slots, lambda slot: slot.row.session_id)


def _by_slot(counted) -> Table:
    rows = [_row(str(slot.row.pk), counted.in_slots([slot])) for slot in counted.slots]
    return Table(BY_SLOT, COUNTED, tuple(rows), _total(counted))


def _by_stream(counted) -> Table:
    slots = {str(pk): [] for pk in counted.season.streams.values_list("pk", flat=True)}
    return _by_part(BY_STREAM, counted, slots, lambda slot: slot.row.session.stream_id)


def _by_week(counted) -> Table:
    """ISO weeks, in which slots begin on the season's clock."""
    zone = counted.season.zone
    return _by_part("week", counted, {}, lambda slot: _week(slot.row.starts_at.astimezone(zone)))


def _by_part(kind, counted, slots, part_of) -> Table:
    """`slots` has the parts of the programme that are shown even if they have no slot, with empty lists."""
    for slot in counted.slots:
        slots.setdefault(str(part_of(slot)), []).append(slot)
    rows = [
        _row(part, counted.in_slots(theirs), parts=[str(slot.row.pk) for slot in theirs])
        for part, theirs in slots.items()
    ]
    return Table(kind, COUNTED, tuple(rows), _total(counted), finer=BY_SLOT)


def _by_people(counted) -> list[Table]:
    """By what they said of themselves, and by what follows from their countries."""
    countries = counted.by("country")
    said = {"country": countries, "stakeholder": counted.by("stakeholder"), "language": counted.by("language")}
    kinds = groups.of_countries(counted.season)
    together = [_of_countries(kind, groups_of, countries, counted) for kind, groups_of in kinds.items()]
    return [*together, *(_by_value(kind, cells, counted) for kind, cells in said.items())]


def _of_countries(kind, groups_of, countries, counted) -> Table:
    parts = defaultdict(list)
    for country in sorted(countries):
        for group in groups_of(country):
            parts[group].append(country)
    rows = [
        _row(group, total(countries[country] for country in theirs), parts=theirs)
        for group, theirs in sorted(parts.items())
    ]
    return Table(kind, COUNTED, tuple(rows), _total(counted), finer="country")


def _by_value(kind, cells, counted) -> Table:
    return Table(kind, COUNTED, tuple(_row(value, cells[value]) for value in sorted(cells)), _total(counted))


def _by_answers(counted) -> list[Table]:
    questions = list(Question.objects.in_season(counted.season).filter(kind__in=Question.LISTS).only("choices"))
    cells = counted.of_answers(questions) if questions else {}
    return [_of_question(question, cells.get(question.pk, {}), counted) for question in questions]


def _of_question(question, cells, counted) -> Table:
    """What was a choice once, and is none any more, stays what people said."""
    nobody = counted.of_people(set())
    everybody = cells.pop(None, nobody)
    of_choices = dict.fromkeys(question.choices, nobody) | cells
    rows = [_row(value, cell, OF_PEOPLE) for value, cell in of_choices.items()]
    return Table(f"{BY_QUESTION}{question.pk}", OF_PEOPLE, tuple(rows), _row(TOTAL, everybody, OF_PEOPLE))


def _total(counted) -> Row:
    return _row(TOTAL, counted.in_season)


def _row(key, cell, columns=COUNTED, parts=()) -> Row:
    return Row(key, tuple(cell.get(column) for column in columns), tuple(parts))


def _week(moment) -> str:
    year, week, _day = moment.isocalendar()
    return f"{year}-W{week:02}"
