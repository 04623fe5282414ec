"""A folder that script/server cannot use, and a clock that is wrong: what is said, in a sentence."""

import os
import re
import subprocess
from datetime import UTC, datetime, timedelta

import pytest

from tests.support.checkouts import run_in
from tests.support.namespaces import as_ordinary_user, on_disk_of
from tests.support.servers import free_port

SERVER = ("-m", "script.supervisor")


@pytest.fixture
def protected():
    """Call it with a path that its owner is not to write to until the test is over."""
    paths = []

    def protect(path):
        path.chmod(path.stat().st_mode & ~0o222)
        paths.append(path)

    yield protect
    for path in paths:
        path.chmod(path.stat().st_mode | 0o200)


@pytest.mark.parametrize("name", ["var", "var/log", "var/log/web.log", "var/minamata.sqlite3"])
def test_what_cannot_be_written_is_named_with_what_to_type(tree, protected, name):
    path = tree / name
    (tree / "var/log").mkdir(parents=True)
    if path.suffix:
        path.touch()
    protected(path)

    run = run_in(tree, *SERVER, behind=as_ordinary_user())

    words = rf"{path}\S* cannot be changed by user \d+: type chmod -R u\+rwX {path}, then start again."
    assert (run.returncode, run.stderr) == (1, "")
    assert run.stdout.count("\n") == 1
    assert re.fullmatch(words, run.stdout.strip())


def test_full_disk_is_said_in_a_sentence(tree):
    run = run_in(tree, *SERVER, behind=on_disk_of("1m"))

    words = "(No space left on device): delete something on that disk, then start again.\n"
    assert (run.returncode, run.stderr) == (1, "")
    assert run.stdout == f"There is no room for {tree / 'var'} {words}"


def test_database_out_of_reach_is_said_in_a_sentence(tree):
    settings = {"SECRET_KEY": "k9-" * 20, "SITE_URL": "http://localhost:8000", "REDIS_URL": os.environ["REDIS_URL"]}
    settings |= {"PORT": str(free_port()), "DATABASE_URL": "postgres://minamata:secret@127.0.0.1:9/nothing"}

    run = run_in(tree, *SERVER, **settings)

    said = [line for line in run.stdout.splitlines() if line]
    assert (run.returncode, run.stderr) == (1, "")
    assert said == [
        "Preparing the database ...",
        'The database does not answer (connection to server at "127.0.0.1", port 9 failed: Connection refused): start '
        "it, or correct DATABASE_URL, then start again.",
        "Stopping the rest ...",
        "Everything is stopped.",
    ]


def test_venv_that_cannot_be_written_is_said_in_a_sentence(tree, protected):
    (tree / ".venv").mkdir()
    protected(tree / ".venv")

    run = subprocess.run([*as_ordinary_user(), "script/server"], cwd=tree, capture_output=True, text=True, check=False)

    assert (run.returncode, run.stdout, run.stderr.count("\n")) == (1, "", 1)
    assert run.stderr.startswith(f"{tree / '.venv'} cannot be changed by ")
    assert run.stderr.endswith(": copy the project to a folder of your own, and start it there.\n")


def test_clock_from_before_the_program_is_doubted(tree):
    then = (datetime.now(UTC) + timedelta(days=40)).timestamp()
    os.utime(tree / "script/supervisor/checks.py", (then, then))

    run = run_in(tree, *SERVER, PORT="none")

    first, second = run.stdout.splitlines()
    assert first.startswith("The clock of this machine says ")
    assert second.startswith("PORT must be ")
