"""What the tests of script share: folders for what a site writes, copies of the project, and servers."""

import os
import shutil
import subprocess
import sys

import pytest

from script.supervisor import folder, preparation
from tests.support.checkouts import NOT_COPIED
from tests.support.paths import ROOT


@pytest.fixture
def var(tmp_path, monkeypatch):
    monkeypatch.setattr(folder, "VAR", tmp_path)
    monkeypatch.setattr(preparation, "STAFF_PASSWORD", tmp_path / "staff-password.txt")
    return tmp_path


@pytest.fixture
def tree(tmp_path):
    """A copy of the tree whose path has a space."""
    return shutil.copytree(ROOT, tmp_path / "a tree", ignore=NOT_COPIED)


@pytest.fixture
def start_server(tmp_path):
    """Call it for script/server without its shell part, in a folder of its own; `behind` begins its command."""
    started = []
    yield lambda behind=(), **given: _start_server(tmp_path / f"a tree {len(started)}", started, behind, given)
    for process in started:
        process.terminate()
    for process in started:
        process.communicate(timeout=40)


def _start_server(folder, started, behind, given):
    shutil.copytree(ROOT, folder, ignore=NOT_COPIED)
    given |= {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    command = [*behind, sys.executable, "-m", "script.supervisor"]
    process = subprocess.Popen(command, cwd=folder, env=given, stdout=subprocess.PIPE, text=True)
    started.append(process)
    return process
