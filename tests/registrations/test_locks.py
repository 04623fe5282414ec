"""Everything that locks does it in one order, so that no two wait for each other for ever."""

import ast
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from registrations.mail import batches
from registrations.rescheduling import changes
from registrations.seats import counters
from sessions.models import Occurrence
from tests.factories import OccurrenceFactory
from tests.support.locks import watched
from tests.support.races import race
from tests.support.registrations.signing_up import NOW
from tests.support.registrations.use_cases import USE_CASES, do
from tests.support.registrations.world import World

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(settings.BASE_DIR)
ROUNDS = 6
AT_ONCE = 9
GROUPS = [USE_CASES[number : number + AT_ONCE] for number in range(0, len(USE_CASES), AT_ONCE)]


@pytest.fixture(autouse=True)
def postgresql():
    assert connection.vendor == "postgresql", "SQLite has no row locks"


@pytest.fixture(autouse=True)
def some_are_many(monkeypatch):
    """Mails to one person are prepared with the change, those to more by the worker, one at a time."""
    monkeypatch.setattr(batches, "PEOPLE_AT_ONCE", 1)
    monkeypatch.setattr(batches, "PEOPLE_A_BATCH", 1)


@pytest.mark.parametrize("use_case", USE_CASES[:6], ids=lambda use_case: use_case.__name__)
def test_rows_are_locked_in_the_documented_order(use_case):
    assert out_of_order(use_case) == []


@pytest.mark.thorough
def test_every_use_case_locks_in_that_order_and_each_function_that_locks_is_in_one(callers):
    wrong = {use_case.__name__: out_of_order(use_case) for use_case in USE_CASES}

    assert {name: sentences for name, sentences in wrong.items() if sentences} == {}
    forgotten = {f"{file.relative_to(ROOT)}: {name}" for file, name in locking() - callers}
    assert forgotten == set(), "add a use case that calls these to tests/support/registrations/use_cases.py"


def out_of_order(use_case) -> list[str]:
    world = World()
    with watched() as watch:
        for number in range(4):
            do(use_case, world, number)
    return watch.wrong


@pytest.fixture
def callers(monkeypatch):
    """File and name of each function that was at work when rows were locked."""
    found, select_for_update = set(), QuerySet.select_for_update

    def noting(rows, **options):
        frame = sys._getframe(1)
        while frame:
            # What a comprehension does, the function around it does.
            name = frame.f_code.co_qualname.partition(".<locals>")[0].rpartition(".")[2]
            found.add((Path(frame.f_code.co_filename), name))
            frame = frame.f_back
        return select_for_update(rows, **options)

    monkeypatch.setattr(QuerySet, "select_for_update", noting)
    return found


@pytest.mark.thorough
@pytest.mark.parametrize("number", range(len(GROUPS)), ids=lambda number: GROUPS[number][0].__name__)
def test_no_two_use_cases_wait_for_each_other_for_ever(number):
    """Each pair is in one of these crowds, also a use case with itself."""
    world, failures = World(), []

    for partners in GROUPS[number:]:
        crowd(GROUPS[number] + partners, world, failures)

    assert failures == []
    assert list(counters.wrong(Occurrence.objects.all())) == []
    assert overlapping() == []


def crowd(use_cases, world, failures):
    start = Barrier(len(use_cases))

    def act(who):
        for number in range(ROUNDS):
            start.wait(timeout=60)
            try:
                do(use_cases[who], world, number, who)
            except Exception as error:
                failures.append((use_cases[who].__name__, f"{type(error).__name__}: {error}"[:400]))

    race(len(use_cases), act)


def overlapping() -> list:
    held = Occurrence.objects.filter(called_off_at=None)
    found = [(slot, held.overlapping(slot.starts_at, slot.ends_at).filter(session=slot.session_id)) for slot in held]
    return [slot for slot, then in found if then.count() > 1]


def test_two_slots_of_a_session_that_move_at_once_never_overlap():
    first = OccurrenceFactory()
    slots = [first, OccurrenceFactory(session=first.session)]

    for day in range(ROUNDS):
        answers = race(2, lambda number, day=day: move(slots[number], day, minutes=30 * number))
        assert sorted(answers) == ["in the way", "moved"]

    assert overlapping() == []


def move(slot, day, *, minutes):
    start = datetime(2030, 11, 1, 7, tzinfo=UTC) + timedelta(days=day, minutes=minutes)
    try:
        changes.reschedule(occurrence_id=slot.pk, starts_at=start, ends_at=start + timedelta(hours=1), now=NOW)
    except changes.SlotInTheWay:
        return "in the way"
    return "moved"


def locking() -> set:
    """File and name of each function of ours that locks rows."""
    files = [file for room in ("registrations", "sessions") for file in (ROOT / room).rglob("*.py")]
    functions = [(file, each) for file in files for each in ast.walk(ast.parse(file.read_text())) if _is_function(each)]
    return {(file, each.name) for file, each in functions if any(map(_locks, ast.walk(each)))}


def _is_function(node) -> bool:
    return isinstance(node, ast.FunctionDef)


def _locks(node) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "locked"
