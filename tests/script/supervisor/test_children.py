"""Processes of script/server: reported when they die, and ended with it."""

import os
import signal
import subprocess
import sys
import time

import pytest

from script.supervisor.children import Child, ChildFailed, Family, Stopped
from tests.support.paths import ROOT
from tests.support.waiting import is_running, wait_until

# A child that starts a grandchild, tells its number, and does not listen to SIGTERM.
STUBBORN = "trap '' TERM; sleep 60 & echo $!; wait; wait"


@pytest.fixture
def family():
    family = Family()
    yield family
    family.stop()


def test_dead_child_is_reported_with_its_last_lines(family, tmp_path):
    child = family.start("web", ["sh", "-c", "echo no such module; exit 3"], tmp_path / "web.log")
    child.process.wait()

    with pytest.raises(ChildFailed, match=r"web ended with 3 .*\nno such module"):
        family.check()


@pytest.fixture
def own_signals():
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    # As a terminal starts it, however these tests were started.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("own_signals")
def test_signal_ends_every_wait(family):
    family.obey_signals()

    os.kill(os.getpid(), signal.SIGHUP)

    with pytest.raises(Stopped):
        family.pause(10)


@pytest.mark.usefixtures("own_signals")
def test_end_of_the_terminal_is_ignored_under_nohup(family):
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    family.obey_signals()

    os.kill(os.getpid(), signal.SIGHUP)

    family.pause(0)
    os.kill(os.getpid(), signal.SIGINT)
    with pytest.raises(Stopped):
        family.pause(10)


@pytest.mark.fault
def test_stop_takes_stubborn_children_and_their_children(tmp_path):
    family = Family(grace_seconds=0.5)
    child = family.start("worker", ["sh", "-c", STUBBORN], tmp_path / "log")
    wait_until(lambda: child.last_lines().isdigit())

    before = time.monotonic()
    family.stop()

    assert time.monotonic() - before < 10
    assert not is_running(child.process.pid)
    # Nobody here can wait for a grandchild: the kernel may still be at work on it.
    wait_until(lambda: not is_running(child.last_lines()))


@pytest.mark.fault
def test_children_go_with_a_killed_supervisor(tmp_path):
    code = f"from {Child.__module__} import Child; from pathlib import Path; import time\n"
    code += (
        f"print(Child('x', ['sleep', '60'], Path({str(tmp_path / 'log')!r})).process.pid, flush=True)\ntime.sleep(60)"
    )
    supervisor = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    pid = supervisor.stdout.readline().strip()
    assert is_running(pid)

    supervisor.kill()

    supervisor.communicate()
    wait_until(lambda: not is_running(pid))
