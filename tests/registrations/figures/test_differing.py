"""Whatever changes the figures of a season after they were stored is noticed, but for what erasing takes."""

import re
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from registrations.figures import counting, differing, keeping, storing
from registrations.figures.names import names_of
from registrations.models import Answer, AttendanceReport, Participant, Registration, SeatRemoval
from registrations.privacy import erasure, retention
from sessions.models import Part, Party, Question, Season
from tests.factories import (
    AnswerFactory,
    AttendanceReportFactory,
    OccurrenceFactory,
    ParticipantFactory,
    QuestionFactory,
    RegistrationFactory,
    SeasonFactory,
    SessionFactory,
    StreamFactory,
)

pytestmark = pytest.mark.django_db

STARTS_AT = datetime(2030, 3, 4, 8, tzinfo=UTC)
OVER, LATER = STARTS_AT + timedelta(days=20), STARTS_AT + timedelta(days=30)
WEEK, PAST_TERM = timedelta(days=7), datetime(2030, 12, 24, tzinfo=UTC)
# With a break between them.
HALF = timedelta(minutes=30)
HALVES = (Part(1, STARTS_AT, STARTS_AT + HALF / 2), Part(2, STARTS_AT + HALF, STARTS_AT + 2 * HALF))
SAID = {"participant__country": "404", "participant__stakeholder": "ngo", "participant__language": "fr"}


@pytest.fixture
def world():
    """A season of two sessions: of nine people who registered for the first, each was there; its figures are stored."""
    season = SeasonFactory(starts_on=date(2030, 2, 1), ends_on=date(2030, 3, 31))
    slot = OccurrenceFactory(session__season=season, starts_at=STARTS_AT)
    other = OccurrenceFactory(session__season=season, starts_at=STARTS_AT + timedelta(days=1))
    report = AttendanceReportFactory(occurrence=slot)
    people = RegistrationFactory.create_batch(9, occurrence=slot, attended_seconds=600, **SAID)
    clicked = RegistrationFactory.create_batch(6, occurrence=other, joined_at=other.starts_at, **SAID)
    question = QuestionFactory(season=season, kind=Question.Kind.ONE, choices=["Yes", "No"])
    AnswerFactory(participant=people[0].participant, question=question, value="Yes")
    before = SeasonFactory(starts_on=date(2029, 2, 1), ends_on=date(2029, 3, 1))
    known = people[1].participant
    earlier = ParticipantFactory(season=before, name_key=known.name_key, mailbox=known.mailbox)
    Party.objects.create(country="404", since=date(2017, 12, 1))
    storing.store(season_id=season.pk, now=OVER)
    return SimpleNamespace(
        **{"season": season, "slot": slot, "other": other, "report": report, "question": question},
        **{"registration": people[0], "clicked": clicked[0], "known": known, "before": before, "earlier": earlier},
    )


def changed(row, **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))


def merged(world):
    """Two of one slot are one person."""
    person = world.registration.participant
    changed(world.clicked, participant=person)


def removed(world, **fields):
    reason = SeatRemoval.objects.create(reason="fake", made_at=LATER)
    changed(world.registration, removal=reason, **fields)


# What each way changes, as the database calls it, with a way to change it.
WAYS = {
    "sessions_season.starts_on": lambda world: changed(world.season, starts_on=date(2016, 2, 1)),
    "sessions_season.timezone": lambda world: (
        changed(world.slot, starts_at=STARTS_AT - timedelta(hours=8, minutes=30)),
        storing.store(season_id=world.season.pk, now=OVER + timedelta(hours=1)),
        changed(world.season, timezone="America/New_York"),
    ),
    "sessions_season.is_rehearsal": lambda world: changed(world.before, is_rehearsal=True),
    "sessions_session.id": lambda world: SessionFactory(season=world.season, stream=world.slot.session.stream),
    "sessions_session.stream_id": lambda world: changed(world.slot.session, stream=world.other.session.stream),
    "sessions_session.title": lambda world: changed(world.slot.session, title="Mercury in rivers"),
    "sessions_session.is_published": lambda world: changed(world.slot.session, is_published=False),
    "sessions_stream.id": lambda world: StreamFactory(season=world.season, mark="circle"),
    "sessions_stream.title": lambda world: changed(world.slot.session.stream, title="Science"),
    "sessions_occurrence.id": lambda world: OccurrenceFactory(session=world.slot.session, starts_at=STARTS_AT + WEEK),
    "sessions_occurrence.session_id": lambda world: (
        changed(world.other, session=world.slot.session),
        Registration.objects.filter(occurrence=world.other).update(session=world.slot.session),
    ),
    "sessions_occurrence.starts_at": lambda world: changed(world.slot, starts_at=STARTS_AT - WEEK),
    "sessions_occurrence.ends_at": lambda world: changed(world.slot, ends_at=STARTS_AT + timedelta(hours=2)),
    "sessions_occurrence.parts": lambda world: changed(world.slot, parts=HALVES),
    "sessions_occurrence.called_off_at": lambda world: changed(world.slot, called_off_at=LATER),
    "sessions_question.id": lambda world: QuestionFactory(season=world.season, kind="one", choices=["A", "B"]),
    "sessions_question.kind": lambda world: changed(world.question, kind=Question.Kind.LINE),
    "sessions_question.choices": lambda world: changed(world.question, choices=["Yes", "No", "Perhaps"]),
    "sessions_question.words": lambda world: changed(world.question, words="Are you a chemist?"),
    "sessions_party.country": lambda world: (
        Party.objects.create(country="008", since=date(2021, 1, 1))
        and changed(world.registration.participant, country="008")
    ),
    "sessions_party.since": lambda world: Party.objects.update(since=date(2040, 1, 1)),
    "registrations_registration.id": lambda world: RegistrationFactory(occurrence=world.other),
    "registrations_registration.participant_id": merged,
    "registrations_registration.occurrence_id": lambda world: changed(world.registration, occurrence=world.other),
    "registrations_registration.status": lambda world: changed(
        world.registration, status="waitlisted", waiting_since=LATER
    ),
    "registrations_registration.joined_at": lambda world: changed(world.clicked, joined_at=None),
    "registrations_registration.attended_seconds": lambda world: changed(world.registration, attended_seconds=60),
    "registrations_registration.removal_id": removed,
    "registrations_seatremoval.reason": lambda world: removed(world, status="cancelled"),
    "registrations_attendancereport.occurrence_id": lambda world: AttendanceReportFactory(occurrence=world.other),
    "registrations_attendancereport.undone_at": lambda world: (
        AttendanceReport.objects.update(undone_at=LATER),
        Registration.objects.update(attended_seconds=None),
    ),
    "registrations_participant.country": lambda world: changed(world.registration.participant, country="756"),
    "registrations_participant.stakeholder": lambda world: changed(world.registration.participant, stakeholder="igo"),
    "registrations_participant.language": lambda world: changed(world.registration.participant, language="es"),
    "registrations_participant.confirmed_at": lambda world: changed(world.registration.participant, confirmed_at=None),
    "registrations_participant.mailbox": lambda world: changed(world.known, mailbox="other@example.net"),
    "registrations_participant.name_key": lambda world: changed(world.earlier, name_key="somebody else"),
    "registrations_participant.season_id": lambda world: ParticipantFactory(
        **{"season": world.before, "name_key": world.clicked.participant.name_key},
        mailbox=world.clicked.participant.mailbox,
    ),
    "registrations_answer.value": lambda world: Answer.objects.update(value="No"),
    "registrations_answer.participant_id": lambda world: AnswerFactory(
        participant=world.clicked.participant, question=world.question, value="No"
    ),
    "registrations_answer.question_id": lambda world: Answer.objects.all().delete(),
}
# Read, and of no consequence of their own: who is erased is what the other tests are about.
WITHOUT_CONSEQUENCE = {
    *("registrations_participant.id", "registrations_participant.anonymised_at", "registrations_seatremoval.id"),
    *("registrations_registration.session_id", "registrations_attendancereport.id"),
    *("sessions_session.season_id", "sessions_stream.season_id", "sessions_question.season_id", "sessions_season.id"),
    *("sessions_question.session_id", "sessions_question.position", "sessions_stream.position", "sessions_party.id"),
}


def test_what_changes_the_figures_is_noticed_until_they_are_stored_again(world):
    assert differing.since_stored(world.season, now=OVER) is None

    assert [way for way in WAYS if not _is_noticed(world, way)] == []


def _is_noticed(world, way) -> bool:
    """In a transaction that leaves nothing behind."""
    with transaction.atomic():
        changed_world = deepcopy(world)
        WAYS[way](changed_world)
        season = Season.objects.get(pk=world.season.pk)
        before = differing.since_stored(season, now=LATER)
        storing.store(season_id=season.pk, now=LATER)
        after = differing.since_stored(season, now=LATER)
        transaction.set_rollback(True)
    return bool(before) and after is None


def test_every_column_that_counting_reads_has_a_way(world):
    with CaptureQueriesContext(connection) as captured:
        counting.both(world.season, now=OVER)
        names_of(world.season)

    read = {f"{table}.{column}" for query in captured for table, column in _columns(query["sql"])}
    assert read - WITHOUT_CONSEQUENCE - set(WAYS) == set()
    of_the_season_itself = {"sessions_season.timezone"}
    assert set(WAYS) - read == of_the_season_itself


def _columns(sql):
    """Each part of a statement has short names of its own for tables."""
    for part in sql.split("SELECT "):
        tables = {alias: table for table, alias in re.findall(r'"(\w+)" (U\d)\b', part)}
        for place, column in re.findall(r'"?(\w+)"?\."(\w+)"', part):
            yield tables.get(place, place).replace("online_sessions_", "sessions_"), column


def test_what_differs_is_named_with_the_numbers_of_the_whole_season(world):
    RegistrationFactory(occurrence=world.other, **SAID)

    found = differing.since_stored(world.season, now=LATER)

    assert (found.whole["registered"], found.whole["people"]) == ((15, 16), (15, 16))
    assert "came" not in found.whole
    assert {"session", "country"} <= set(found.kinds)


def test_who_erases_their_data_is_no_reason_to_store_again(world):
    for registration in (world.registration, world.clicked):
        erasure.erase(participant_id=registration.participant_id, now=LATER)
    erasure.erase(participant_id=world.known.pk, now=LATER)

    assert tuple(counting.tables(world.season, now=LATER)) != keeping.kept(world.season).tables
    assert differing.since_stored(world.season, now=LATER) is None


def test_details_of_an_earlier_season_that_go_are_no_reason(world):
    retention.apply(now=STARTS_AT)
    Participant.objects.filter(season=world.before).update(anonymised_at=LATER, mailbox="erased-1", name_key="")

    assert differing.since_stored(world.season, now=LATER) is None


def test_other_changes_are_noticed_though_somebody_erased_their_data(world):
    erasure.erase(participant_id=world.clicked.participant_id, now=LATER)
    changed(world.registration.participant, country="756")

    assert "country" in differing.since_stored(world.season, now=LATER).kinds


def test_nothing_is_asked_where_nothing_can_be_stored_any_more(world):
    RegistrationFactory(occurrence=world.other)
    assert differing.since_stored(world.season, now=LATER)

    assert differing.since_stored(world.season, now=PAST_TERM) is None
    keeping.make_final(world.season)
    assert differing.since_stored(world.season, now=LATER) is None
    assert differing.since_stored(world.before, now=LATER) is None
