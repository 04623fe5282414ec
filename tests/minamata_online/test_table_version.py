"""Starts on tables of another version are refused, by real processes; what runs goes on, and so does what helps."""

import os
import signal
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.db import connection

from minamata_online import table_version
from tests.deploy import units
from tests.support import warm
from tests.support.migrations import dropped_migration, newer_tables, older_tables
from tests.support.paths import ROOT
from tests.support.servers import Guardian, free_port, signal_group, wait_until
from tests.support.thorough import first_always
from tests.support.workers import BEAT, PROGRAM, WORKER, _test_database_url

pytestmark = pytest.mark.django_db(transaction=True)

WEB = ["-m", "gunicorn", "minamata_online.wsgi", "--workers", "2", "--no-control-socket", "--bind"]
SERVICES = {"web": [*WEB, "127.0.0.1:0"], "worker": [*PROGRAM, *WORKER], "beat": [*PROGRAM, *BEAT]}
COMMANDS = {name: ["manage.py", name] for name in ("check_post", "set_up_staff_groups", "clearsessions")}
TOO_NEW = table_version.TOO_NEW.format(migrations="registrations.9999_of_a_newer_version") + "\n"
NOBODY_LISTENS = "postgres://nobody@127.0.0.1:9/nothing"


def run(command, **environment):
    own = os.environ | {"DATABASE_URL": _test_database_url()} | environment
    return warm.run(command, env=own)


@contextmanager
def web(log, **environment):
    """The port of a running gunicorn, and its process."""
    port, guardian = free_port(), Guardian()
    own = os.environ | {"DATABASE_URL": _test_database_url()} | environment
    with log.open("wb") as output:
        process = warm.WarmPython([*WEB, f"127.0.0.1:{port}"], cwd=ROOT, env=own, output=output.fileno())
    guardian.watch(process)
    wait_until(lambda: b"Booting worker" in log.read_bytes(), process, log)
    try:
        yield port, process
    finally:
        signal_group(process, signal.SIGTERM)
        process.wait(timeout=30)
        guardian.dismiss()


def status(port, path) -> int:
    try:
        with urlopen(Request(f"http://127.0.0.1:{port}{path}", headers={"Host": "localhost"}), timeout=60) as answer:
            return answer.status
    except HTTPError as error:
        with error:
            return error.code


def test_tables_of_this_version_differ_in_nothing():
    assert table_version.difference(connection) == table_version.Difference([], [])


def test_apps_that_are_not_installed_do_not_count():
    with newer_tables("of_another_program"):
        assert table_version.difference(connection) == table_version.Difference([], [])


def test_apps_of_others_count():
    with newer_tables("account"):
        assert table_version.difference(connection).unknown == ["account.9999_of_a_newer_version"]


def test_migrations_that_a_later_one_replaced_and_that_are_deleted_are_no_newer_ones():
    with dropped_migration():
        assert table_version.difference(connection) == table_version.Difference([], [])

    with dropped_migration(), newer_tables():
        assert table_version.difference(connection).unknown == ["registrations.9999_of_a_newer_version"]


def test_several_migrations_are_named_by_the_first():
    sentence = table_version.Difference(["a.0002", "a.0003", "b.0001"], []).why_too_new

    assert "which made a.0002 and 2 more: start that version again, or restore the copy" in sentence


@pytest.mark.parametrize("name", first_always({"web": SERVICES["web"]} | COMMANDS | SERVICES, 2))
def test_nothing_starts_on_newer_tables(name):
    with newer_tables():
        started = run((SERVICES | COMMANDS)[name])

    assert started.returncode == 3
    assert TOO_NEW in started.stderr
    assert "Traceback" not in started.stderr


@pytest.mark.parametrize("name", first_always(SERVICES))
def test_no_service_starts_on_older_tables(name):
    with older_tables() as missing:
        started = run(SERVICES[name])

    assert started.returncode == 3
    assert table_version.TOO_OLD.format(migrations=missing) in started.stderr
    assert "Traceback" not in started.stderr


@pytest.mark.parametrize("command", first_always(["showmigrations", "check", "diffsettings", "check_beat"]))
def test_commands_that_help_run_on_newer_tables(command, everything_runs):
    with newer_tables():
        started = run(["manage.py", command])

    assert started.returncode == 0, started.stderr


@pytest.mark.parametrize("tables", [newer_tables, older_tables])
def test_running_site_loads_no_new_code_on_tables_of_another_version(tables):
    check, reload = units.read("minamata-web.service")["ExecReload"]
    command = check.removeprefix(f"{units.INSTALLED}/.venv/bin/python ").split()
    assert (run(command).returncode, reload) == (0, "/bin/kill -s HUP $MAINPID")

    with tables():
        refused = run(command)

    assert (refused.returncode, refused.stderr.count("\n")) == (3, 1)
    assert refused.stderr.startswith("The ")


def test_commands_run_on_older_tables():
    with older_tables():
        assert run(["manage.py", "set_up_staff_groups"]).returncode == 0


def test_empty_database_wants_migrate():
    started = run(SERVICES["web"], DATABASE_URL="sqlite://:memory:")

    assert started.returncode == 3
    assert "The database has no tables yet" in started.stderr


@pytest.mark.fault
def test_running_site_goes_on_while_tables_become_newer(tmp_path):
    """Also when one of its workers dies meanwhile: the one in its place is no start."""
    log = tmp_path / "web.log"
    with web(log, DEBUG="1") as (port, process), newer_tables():
        first, *_ = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        wait_until(lambda: log.read_bytes().count(b"Booting worker") == 2, process, log)

        os.kill(int(first), signal.SIGKILL)

        wait_until(lambda: log.read_bytes().count(b"Booting worker") == 3, process, log)
        assert [status(port, "/") for _ in range(4)] == [200] * 4


@pytest.mark.fault
def test_site_starts_without_its_database_and_says_so_on_its_pages(tmp_path):
    log, static = tmp_path / "web.log", str(tmp_path / "static")
    run(["manage.py", "collectstatic", "--no-input"], STATIC_ROOT=static)

    with web(log, DATABASE_URL=NOBODY_LISTENS, STATIC_ROOT=static) as (port, _process):
        assert (status(port, "/healthz"), status(port, "/")) == (200, 503)

    assert "the tables could not be looked at: OperationalError" in log.read_text()
