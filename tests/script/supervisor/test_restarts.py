"""Children that end are started again, after pauses that grow."""

import shutil

import pytest

from script.supervisor import restarts
from script.supervisor.children import Family
from script.supervisor.restarts import Restarts, next_pause
from tests.support.waiting import is_running, wait_until


@pytest.fixture
def family(monkeypatch):
    monkeypatch.setattr(restarts, "FIRST_PAUSE", 0.05)
    family = Family(grace_seconds=1)
    yield family
    family.stop()


def test_pauses_grow_up_to_a_minute():
    pauses = [next_pause(None, 0)]
    while len(pauses) < 8:
        pauses.append(next_pause(pauses[-1], lived_seconds=1))

    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]


def test_long_life_begins_the_pauses_anew():
    assert [next_pause(60, lived_seconds=299), next_pause(60, lived_seconds=300)] == [60, 1]


def test_child_that_ends_is_started_again_and_again(family, tmp_path):
    said = []
    log = tmp_path / "beat.log"
    restart = Restarts(family.start("beat", ["sh", "-c", "echo born; exit 7"], log), said.append)

    wait_until(lambda: restart.look() or len(said) == 3)

    words = f"beat ended with 7 ({log}); it starts again in"
    assert said == [f"{words} 0.05 s.", f"{words} 0.1 s.", f"{words} 0.2 s."]
    assert log.read_text() == "born\n" * 3


def test_those_whom_a_killed_child_has_started_are_gone_before_it_starts_again(family, tmp_path):
    said = []
    child = family.start("web", ["sh", "-c", "sleep 60 & echo $!; wait"], tmp_path / "web.log")
    restart = Restarts(child, said.append)
    wait_until(lambda: child.last_lines().isdigit())
    left = child.last_lines()

    child.process.kill()
    wait_until(lambda: restart.look() or said)

    wait_until(lambda: not is_running(left))
    wait_until(lambda: restart.look() or not child.has_ended())
    assert said == [f"web was ended by signal 9 ({child.log}); it starts again in 0.05 s."]


def test_child_that_cannot_be_started_is_tried_again_until_it_can(family, tmp_path):
    said = []
    logs = tmp_path / "log"
    logs.mkdir()
    child = family.start("web", ["sleep", "60"], logs / "web.log")
    restart = Restarts(child, said.append)

    shutil.rmtree(logs)
    child.process.kill()
    wait_until(lambda: restart.look() or len(said) == 2)
    logs.mkdir()

    wait_until(lambda: restart.look() or not child.has_ended())
    words = f"web could not be started: No such file or directory ({child.log}); it starts again in 0.1 s."
    assert said[1] == words
