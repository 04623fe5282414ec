"""Each number of a season's figures once more, by plain loops over raw rows; and what each of them means."""

import pytest

from registrations.figures import counting
from registrations.models import Answer, AttendanceReport, Participant, Registration
from sessions.models import Occurrence, Question
from sessions.reference import countries, regional_groups
from tests.support.registrations import random_season
from tests.support.registrations.random_season import NOW

pytestmark = pytest.mark.django_db


class Raw:
    """The rows of a season, each registration that counts with its slot and person."""

    def __init__(self, season):
        self.season = season
        self.slots = {slot.pk: slot for slot in Occurrence.objects.filter(session__season=season)}
        self.people = {person.pk: person for person in Participant.objects.filter(season=season)}
        self.rows = [row for row in _standing(season) if self.people[row.participant_id].confirmed_at]
        reports = AttendanceReport.objects.filter(occurrence__in=self.slots, undone_at=None)
        self.reported = set(reports.values_list("occurrence", flat=True))
        known = self.reported | {row.occurrence_id for row in self.rows if row.joined_at}
        self.known = {pk for pk in known if self.slots[pk].ends_at <= NOW and not self.slots[pk].called_off_at}
        self.earlier = _known_before(season)

    def numbers(self, counts, slots=None):
        """Of the registrations for which `counts` says yes; None where nobody knows, in these slots or the season."""
        cell = dict.fromkeys(["registered", "confirmed", "came", "held", "seconds"], 0)
        people, came = set(), set()
        for row in filter(counts, self.rows):
            has_place, is_known, has_come = row.status == "confirmed", row.occurrence_id in self.known, self.came(row)
            people.add(row.participant_id)
            cell["registered"] += 1
            cell["confirmed"] += has_place and not self.slots[row.occurrence_id].called_off_at
            cell["held"] += is_known and (has_place or has_come)
            cell["came"] += is_known and has_come
            cell["seconds"] += is_known and (row.attended_seconds or 0)
            if is_known and has_come:
                came.add(row.participant_id)
        cell |= {"people": len(people), "people_came": len(came)}
        cell["first_time"] = sum(self.is_new(self.people[pk]) for pk in people)
        known = self.known & set(self.slots if slots is None else slots)
        unknown = ["came", "held", "people_came"] if not known else []
        return cell | dict.fromkeys(unknown if known & self.reported else [*unknown, "seconds"])

    def came(self, row):
        if row.occurrence_id in self.reported:
            return row.attended_seconds > 0
        return row.joined_at is not None

    def is_new(self, person):
        return not person.anonymised_at and (person.mailbox, person.name_key) not in self.earlier


def _standing(season):
    """One of each person and session: the active one, or the last of those that were cancelled."""
    kept = {}
    for row in Registration.objects.filter(session__season=season).select_related("removal").order_by("pk"):
        if row.removal and row.removal.reason in ("fake", "twice"):
            continue
        before = kept.get((row.participant_id, row.session_id))
        if not before or before.status == "cancelled":
            kept[row.participant_id, row.session_id] = row
    return kept.values()


def _known_before(season):
    people = Participant.objects.select_related("season")
    return {
        (person.mailbox, person.name_key)
        for person in people
        if person.season.starts_on < season.starts_on
        and not person.season.is_rehearsal
        and person.confirmed_at
        and not person.anonymised_at
    }


def by_key(table):
    """By key, the columns that are known."""
    return {row.key: dict(zip(table.columns, row.values, strict=True)) for row in [*table.rows, table.total]}


SEEDS = [1, 2, 3]


@pytest.fixture(params=SEEDS)
def season(request):
    return random_season.make(request.param)


@pytest.fixture
def raw(season):
    return Raw(season)


@pytest.fixture
def tables(season):
    return {table.kind: table for table in counting.tables(season, now=NOW)}


def test_each_part_of_the_programme_has_the_numbers_of_its_rows(raw, tables):
    weeks = {pk: slot.starts_at.astimezone(raw.season.zone).isocalendar() for pk, slot in raw.slots.items()}
    parts = {
        "slot": {pk: str(pk) for pk in raw.slots},
        "session": {pk: str(slot.session_id) for pk, slot in raw.slots.items()},
        "stream": {pk: str(slot.session.stream_id) for pk, slot in raw.slots.items()},
        "week": {pk: f"{day.year}-W{day.week:02}" for pk, day in weeks.items()},
    }
    shown = {"session": raw.season.sessions.all(), "stream": raw.season.streams.all()}
    for kind, part_of in parts.items():
        found = by_key(tables[kind])
        expected = {counting.TOTAL: raw.numbers(lambda row: True)}
        for part in {*part_of.values(), *(str(each.pk) for each in shown.get(kind, []))}:
            slots = {pk for pk, other in part_of.items() if other == part}
            expected[part] = raw.numbers(lambda row, slots=slots: row.occurrence_id in slots, slots)
        assert found == expected, kind


def test_each_group_of_people_has_the_numbers_of_its_rows(raw, tables):
    def country(person):
        return countries.by_code(person.country) or countries.NO_COUNTRY

    groups = {
        "un-group": lambda person: [regional_groups.of(person.country)],
        "region": lambda person: [country(person).region_code],
        "subregion": lambda person: [country(person).subregion_code],
        "country": lambda person: [person.country],
        "sids-ldc": lambda person: country(person).lists,
        "stakeholder": lambda person: [person.stakeholder],
        "language": lambda person: [person.language],
    }
    counted = {row.participant_id for row in raw.rows}
    for kind, groups_of in groups.items():
        expected = {counting.TOTAL: raw.numbers(lambda row: True)}
        for key in {key for pk in counted for key in groups_of(raw.people[pk])}:
            theirs = {pk for pk in counted if key in groups_of(raw.people[pk])}
            expected[key] = raw.numbers(lambda row, theirs=theirs: row.participant_id in theirs)
        assert by_key(tables[kind]) == expected, kind


def test_each_choice_has_the_people_who_made_it(raw, tables):
    counted = {row.participant_id for row in raw.rows}
    came = {row.participant_id for row in raw.rows if raw.came(row) and row.occurrence_id in raw.known}

    def numbers(people):
        new = sum(raw.is_new(raw.people[pk]) for pk in people)
        return {"people": len(people), "first_time": new, "people_came": len(people & came)}

    questions = [question for question in Question.objects.in_season(raw.season) if question.choices]
    assert [kind for kind in tables if kind.startswith("question")] == [f"question-{each.pk}" for each in questions]
    for question in questions:
        given = list(Answer.objects.filter(question=question, participant__in=counted))
        expected = {counting.TOTAL: numbers({answer.participant_id for answer in given})}
        for choice in question.choices:
            expected[choice] = numbers({answer.participant_id for answer in given if answer.value == choice})
        assert by_key(tables[f"question-{question.pk}"]) == expected


def test_rows_name_their_parts(raw, tables):
    for kind in ("session", "stream", "week"):
        parts = [part for row in tables[kind].rows for part in row.parts]
        assert (sorted(parts), tables[kind].finer) == (sorted(map(str, raw.slots)), "slot")
    for kind in ("un-group", "region", "subregion"):
        parts = [part for row in tables[kind].rows for part in row.parts]
        assert (sorted(parts), tables[kind].finer) == ([row.key for row in tables["country"].rows], "country")
