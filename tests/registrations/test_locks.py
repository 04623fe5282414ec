"""Everything that locks does it in one order, so that no two wait for each other for ever."""

import ast
from contextlib import contextmanager
from cProfile import Profile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from django.conf import settings
from django.db import connection

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
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(settings.BASE_DIR)
ROUNDS = 12
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


@pytest.mark.parametrize("use_case", first_always(USE_CASES, 6), ids=lambda use_case: use_case.__name__)
def test_rows_are_locked_in_the_documented_order(use_case):
    world = World()

    with watched():
        for number in range(4):
            do(use_case, world, number)


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

    for day in range(ROUNDS // 2):
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


@pytest.mark.thorough
def test_each_function_that_locks_is_reached_by_a_use_case():
    called = set()

    for use_case in USE_CASES:
        world = World()
        with noting(called):
            for number in range(4):
                do(use_case, world, number)

    reached = {(code.co_filename, code.co_name) for code in called}
    forgotten = {f"{file.relative_to(ROOT)}: {name}" for file, name in locking() if (str(file), name) not in reached}
    assert forgotten == set(), "add a use case that calls these to tests/support/registrations/use_cases.py"


@contextmanager
def noting(called):
    """Adds the code of each function that is called."""
    with Profile(builtins=False) as profile:
        yield
    called.update(entry.code for entry in profile.getstats())


def locking() -> set:
    """File and name of each function of ours that locks rows."""
    files = [file for room in ("registrations", "sessions") for file in (ROOT / room).rglob("*.py")]
    functions = [(file, each) for file in files for each in ast.walk(ast.parse(file.read_text())) if _is_function(each)]
    return {(file, each.name) for file, each in functions if any(map(_locks, ast.walk(each)))}


def _is_function(node) -> bool:
    return isinstance(node, ast.FunctionDef)


def _locks(node) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "locked"
