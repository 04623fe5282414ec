"""Counts a season: every table of its figures."""

from collections import defaultdict

from registrations.figures import groups
from registrations.figures.counted import Counted, total
from registrations.figures.keeping import BY_QUESTION, BY_SESSION, BY_SLOT, BY_STREAM
from registrations.figures.tables import COUNTED, OF_PEOPLE, Row, Table
from sessions.models import Question

TOTAL = "total"


def tables(season, *, now) -> list[Table]:
    """By session, slot, stream and week, by what people said of themselves, and one for each question with a list.

    A rehearsal has figures of its own, and counts in those of no other season.
    """
    counted = Counted(season, now=now)
    of_programme = [_by_session(counted), _by_slot(counted), _by_stream(counted), _by_week(counted)]
    return [*of_programme, *_by_groups(counted), *_by_answers(counted)]


def _by_session(counted) -> Table:
    """In the order of their first slots; those without any come last."""
    slots = {str(slot.row.session_id): [] for slot in counted.slots}
    slots |= {str(pk): [] for pk in counted.season.sessions.order_by("pk").values_list("pk", flat=True)}
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


def _by_groups(counted) -> list[Table]:
    return [_by_group(kind, keys, counted) for kind, keys in groups.keys_in(counted.season).items()]


def _by_group(kind, keys, counted) -> Table:
    cells, parts = defaultdict(list), defaultdict(set)
    for (country, stakeholder, language), cell in counted.of_groups.items():
        for key in keys(country, stakeholder, language):
            cells[key].append(cell)
            parts[key].add(country)
    is_of_countries = kind in groups.OF_COUNTRIES
    rows = [_row(key, total(cells[key]), parts=sorted(parts[key]) if is_of_countries else ()) for key in sorted(cells)]
    return Table(kind, COUNTED, tuple(rows), _total(counted), finer="country" if is_of_countries else "")


def _by_answers(counted) -> list[Table]:
    questions = list(Question.objects.in_season(counted.season).filter(kind__in=Question.LISTS))
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
