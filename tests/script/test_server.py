"""script/server: what it refuses, and real starts of the whole."""

import contextlib
import json
import os
import re
import signal
import sqlite3
import urllib.request

import pytest
from django.core.management import call_command

from minamata_online.configuration import stores
from tests.support.checkouts import COUNT, SHOW, run_in
from tests.support.script_server import children, is_well, printed_at_start
from tests.support.servers import free_port
from tests.support.thorough import first_always
from tests.support.waiting import is_running, wait_until


@pytest.mark.fault
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REMINDER_HOURS", "soon"),
        ("SITE_URL", "http://localhost:8000/season"),
        ("REDIS_URL", "valkey"),
        ("MAIL_LEASE_SECONDS", "10"),
    ],
)
def test_server_is_refused_with_the_name_of_a_setting_that_is_wrong(tree, name, value):
    run = run_in(tree, "-m", "script.supervisor", PORT=str(free_port()), **{name: value})

    assert run.returncode == 1
    # What is done at a start, and between two empty lines the reason alone.
    before, said, after = re.split(r"^\n|\n\n", run.stdout)[-3:]
    assert said.startswith(f"{name} must be ")
    assert "\n" not in said
    assert (before.count("failed"), after) == (0, "Stopping the rest ...\nEverything is stopped.\n")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    first_always([(["--help"], 0, "usage: script/server"), (["--verbose"], 2, "--verbose"), (["now"], 2, "now")], 2),
)
def test_question_and_unknown_argument_start_nothing(tree, arguments, code, said):
    run = run_in(tree, "-m", "script.supervisor", *arguments)

    assert (run.returncode, said in run.stdout + run.stderr) == (code, True)
    assert not (tree / "var").exists()


@pytest.mark.parametrize("port", first_always(["many", "0", "65536", "-1"]))
def test_port_that_is_none_is_refused_by_name(tree, port):
    run = run_in(tree, "-m", "script.supervisor", PORT=port)

    assert (run.returncode, run.stdout, run.stderr) == (1, "PORT must be a whole number from 1 to 65535.\n", "")


@pytest.mark.fault
def test_server_starts_serves_and_stops(start_server):
    server = start_server(is_first=True, PORT=str(free_port()))
    (site,) = re.findall(r"Site +(\S+)", printed_at_start(server))
    started = children(server)
    paths = ["", "admin/login/", "static/admin/css/base.css", "dev/mail/"]

    statuses = [urllib.request.urlopen(site + path).status for path in paths]
    server.send_signal(signal.SIGINT)

    assert server.wait(timeout=40) == 0
    assert statuses == [200] * 4
    assert len(started) == 4
    assert [pid for pid in started if is_running(pid)] == []


@pytest.mark.fault
def test_server_starts_again_what_is_killed_until_it_is_told_to_stop(start_server, tmp_path):
    server = start_server(PORT=str(free_port()))
    (site,) = re.findall(r"Site +(\S+)", printed_at_start(server))
    killed = children(server)
    for pid in killed:
        os.kill(int(pid), signal.SIGKILL)
    said = [server.stdout.readline().partition(" (")[0] for _ in killed]
    status = urllib.request.urlopen(site).status
    wait_until(lambda: len(children(server) - killed) == 4 and is_well(site), seconds=60)
    os.kill(max(map(int, children(server))), signal.SIGKILL)
    last = server.stdout.readline()
    server.send_signal(signal.SIGINT)

    # Who called while nobody was there has waited.
    assert status == 200
    assert sorted(said) == [f"{name} was ended by signal 9" for name in ("Valkey", "beat", "web", "worker")]
    assert last.endswith("; it starts again in 2 s.\n")
    assert server.stdout.read() == "\nStopping ...\nEverything is stopped.\n"
    assert server.wait() == 0
    log = tmp_path / "a tree 0/var/log/supervisor.log"
    assert log.read_text().endswith(last)


@pytest.mark.fault
def test_server_with_a_setting_of_production_makes_no_season_and_no_user(start_server, tmp_path):
    server = start_server(PORT=str(free_port()), DEBUG="0")
    printed = printed_at_start(server)
    (site,) = re.findall(r"Site +(\S+)", printed)

    with contextlib.closing(sqlite3.connect(tmp_path / "a tree 0/var/minamata.sqlite3")) as database:
        counts = [
            database.execute(f"SELECT count(*) FROM {table}").fetchone()
            for table in ("online_sessions_season", "auth_user")
        ]

    assert counts == [(0,), (0,)]
    assert "No season and no user is made where settings of production are given (DEBUG)." in printed
    assert not (tmp_path / "a tree 0/var/staff-password.txt").exists()
    assert urllib.request.urlopen(site).status == 200


@pytest.mark.fault
def test_manage_py_knows_the_database_of_the_server_that_has_run(start_server, tmp_path):
    server = start_server(PORT=str(free_port()))
    site = re.findall(r"Site +(\S+)", printed_at_start(server))[0].rstrip("/")
    tree = tmp_path / "a tree 0"

    show, count, check = (
        run_in(tree, "manage.py", *command)
        for command in (["shell", "--no-imports", "-c", SHOW], ["shell", "--no-imports", "-c", COUNT], ["check"])
    )

    assert show.stdout.startswith(f"{site} True ")
    assert count.stdout == "2\n"
    assert check.returncode == 0


@pytest.mark.fault
def test_two_servers_started_at_once_have_ports_and_brokers_of_their_own(start_server, tmp_path):
    port = str(free_port())
    servers = [start_server(PORT=port) for _ in range(2)]

    sites = [re.findall(r"Site +(\S+)", printed_at_start(server))[0] for server in servers]
    brokers = [json.loads(path.read_text())["REDIS_URL"] for path in tmp_path.glob("*/var/addresses.json")]

    assert [urllib.request.urlopen(site).status for site in sites] == [200, 200]
    assert (len(set(sites)), len(set(brokers))) == (2, 2)


def test_every_static_file_has_a_name_for_production_and_ours_have_no_comments(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = stores.files(is_development=False)

    call_command("collectstatic", interactive=False, verbosity=0)

    assert (tmp_path / "staticfiles.json").exists()
    [style], [script] = tmp_path.glob("css/site.*.css"), tmp_path.glob("js/site.*.js")
    [of_package] = tmp_path.glob("admin/css/base.*.css")
    assert "/*" in of_package.read_text()
    assert "/*" not in style.read_text()
    assert ".masthead .languages a {" in style.read_text()
    lines = script.read_text().splitlines()
    assert [line for line in lines if line.lstrip().startswith("//")] == []
    assert len(lines) > 200
    assert style.with_name(f"{style.name}.gz").stat().st_size < 5_700
