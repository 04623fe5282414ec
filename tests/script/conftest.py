"""What the tests of script share: folders for what a site writes, copies of the project, and servers."""

import os
import shutil
import subprocess
import sys

import pytest

from script.supervisor import folder, preparation
from tests.support import migrated
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
    """Call it for script/server without its shell part, in a folder of its own; `behind` begins its command.

    It finds a database with all tables and no season, unless `is_first` says that nobody has started it there before.
    """
    started = []

    def start(behind=(), is_first=False, **given):
        tree = _tree_of_server(tmp_path / f"a tree {len(started)}", is_first)
        started.append(_start_server(tree, behind, given))
        return started[-1]

    yield start
    for process in started:
        process.terminate()
    for process in started:
        process.communicate(timeout=40)


def _tree_of_server(folder, is_first):
    shutil.copytree(ROOT, folder, ignore=NOT_COPIED)
    if not is_first:
        (folder / "var").mkdir(mode=0o700)
        shutil.copy(migrated.sqlite_file(), folder / "var" / "minamata.sqlite3")
    return folder


def _start_server(folder, behind, given):
    given |= {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    command = [*behind, sys.executable, "-m", "script.supervisor"]
    return subprocess.Popen(command, cwd=folder, env=given, stdout=subprocess.PIPE, text=True)
