"""What script/server is made of, and one real start of the whole."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from script import development
from script.supervisor import environment, folder, ports, preparation
from script.supervisor.children import Child, ChildFailed, Family, Stopped
from sessions.models import Season
from tests.factories import SeasonFactory
from tests.support.paths import ROOT
from tests.support.servers import free_port
from tests.support.thorough import first_always
from tests.support.waiting import wait_until

NOT_COPIED = shutil.ignore_patterns(".venv", "var", ".git", "__pycache__", ".*_cache")
# A child that starts a grandchild, tells its number, and does not listen to SIGTERM.
STUBBORN = "trap '' TERM; sleep 60 & echo $!; wait; wait"


@pytest.fixture
def family():
    family = Family()
    yield family
    family.stop()


@pytest.fixture
def var(tmp_path, monkeypatch):
    monkeypatch.setattr(folder, "VAR", tmp_path)
    monkeypatch.setattr(preparation, "STAFF_PASSWORD", tmp_path / "staff-password.txt")
    return tmp_path


def run_in(tree, *command, **given):
    given = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ} | given
    return subprocess.run(
        [sys.executable, *command], cwd=tree, env=given, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture
def tree(tmp_path):
    """A copy of the tree whose path has a space."""
    return shutil.copytree(ROOT, tmp_path / "a tree", ignore=NOT_COPIED)


@pytest.fixture
def start_server(tmp_path):
    """Call it for script/server without its shell part, in a folder of its own."""
    started = []
    yield lambda **given: _start_server(tmp_path / f"a tree {len(started)}", started, given)
    for process in started:
        process.terminate()
    for process in started:
        process.communicate(timeout=40)


def _start_server(folder, started, given):
    shutil.copytree(ROOT, folder, ignore=NOT_COPIED)
    given |= {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    command = [sys.executable, "-m", "script.supervisor"]
    process = subprocess.Popen(command, cwd=folder, env=given, stdout=subprocess.PIPE, text=True)
    started.append(process)
    return process


def _printed_at_start(server) -> str:
    lines = []
    for line in server.stdout:
        lines.append(line)
        if "Ctrl-C" in line:
            return "".join(lines)
    pytest.fail("".join(lines), pytrace=False)


def is_running(pid) -> bool:
    """A zombie has ended; who its parent is now does not matter."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_taken_port_is_left_alone():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with ports.hold(port) as held:
            assert held.getsockname()[1] > port


def test_port_of_closed_connection_is_taken_again():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            server.accept()[0].close()

    with ports.hold(port) as held:
        assert held.getsockname()[1] == port


def test_port_that_is_held_is_nobody_elses():
    with ports.hold(free_port()) as first, ports.hold(first.getsockname()[1]) as second:
        taken = [held.getsockname()[1] for held in (first, second)]

        assert len(set(taken)) == 2
        assert not set(taken) & set(ports.free(taken[0]))


def test_secret_is_for_its_owner_only_and_stays(var):
    key = folder.secret_key()

    assert folder.secret_key() == key
    assert (var / "secret-key.txt").stat().st_mode & 0o777 == 0o600
    assert len(key) > 50


def test_second_supervisor_is_refused_while_the_first_lives(var):
    with folder.lock(), pytest.raises(folder.AlreadyRunning, match=str(os.getpid())):
        folder.lock()


def test_two_who_ask_for_the_secret_at_once_get_the_same(var):
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: folder.secret_key(), range(8)))

    assert len(keys) == 1
    assert [path.name for path in var.iterdir()] == ["secret-key.txt"]


@pytest.fixture
def nothing_given(var, monkeypatch):
    for name in (*development.OF_PRODUCTION, "DEBUG", "EMAIL_BACKEND", "ALLOWED_HOSTS"):
        monkeypatch.delenv(name, raising=False)


def test_environment_has_a_default_for_everything(nothing_given):
    built = environment.build(8123)

    assert (built["SITE_URL"], built["PORT"]) == ("http://localhost:8123", "8123")
    assert (built["DEBUG"], built["EMAIL_BACKEND"]) == ("1", development.MAIL_CATCHER)


def test_given_mail_server_is_used(nothing_given, monkeypatch):
    monkeypatch.setenv("EMAIL_HOST", "mail.example.org")

    assert "EMAIL_BACKEND" not in environment.build(8000)


def test_public_address_does_not_show_errors_and_mails(nothing_given, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://online.example.org")

    built = environment.build(8000)

    assert {"DEBUG", "EMAIL_BACKEND", "ALLOWED_HOSTS"} & set(built) == set()


def test_values_in_files_are_used(nothing_given, monkeypatch, tmp_path):
    for name, value in {"REDIS_URL": "redis://broker:6379/0", "SITE_URL": "http://a.example:8000"}.items():
        (tmp_path / name).write_text(f"{value}\n")
        monkeypatch.setenv(f"{name}_FILE", str(tmp_path / name))
    monkeypatch.setenv("SECRET_KEY_FILE", "/run/secrets/secret_key")

    built = environment.build(8000)

    assert (built["REDIS_URL"], built["SITE_URL"]) == ("redis://broker:6379/0", "http://a.example:8000")
    assert {"SECRET_KEY", "SITE_URL_FILE", "ALLOWED_HOSTS"} & set(built) == set()


@pytest.mark.fault
@pytest.mark.parametrize(
    ("name", "value"),
    [("REMINDER_HOURS", "soon"), ("SITE_URL", "http://localhost:8000/season"), ("REDIS_URL", "valkey")],
)
def test_server_is_refused_with_the_name_of_a_setting_that_is_wrong(tree, name, value):
    run = run_in(tree, "-m", "script.supervisor", PORT=str(free_port()), **{name: value})

    assert run.returncode == 1
    assert f"{name} must be " in run.stdout


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


SHOW = "from django.conf import settings as s; print(s.SITE_URL, s.DEBUG, s.CELERY_BROKER_URL, len(s.SECRET_KEY) > 50)"
COUNT = "from sessions.models import Season; print(Season.objects.count())"


def test_manage_py_works_on_the_site_of_script_server(tree):
    (tree / "var").mkdir()
    (tree / "var/addresses.json").write_text('{"SITE_URL": "http://localhost:8001", "REDIS_URL": "redis://h:1/0"}')

    run = run_in(tree, "manage.py", "shell", "--no-imports", "-c", SHOW)

    assert run.stdout == "http://localhost:8001 True redis://h:1/0 True\n"
    assert run.stderr == f"Development settings, the data are in {tree / 'var'}.\n"


def test_manage_py_takes_no_development_settings_where_script_server_never_ran(tree):
    run = run_in(tree, "manage.py", "check")

    first, second, *_ = run.stderr.splitlines()
    assert (run.returncode, first.partition(" ")[0], second.partition(":")[0]) == (
        3,
        "script/server",
        "SECRET_KEY is not set",
    )
    assert not (tree / "var").exists()


@pytest.mark.parametrize(
    "given",
    first_always(
        [
            {"DATABASE_URL": "sqlite://:memory:"},
            {"DATABASE_URL_FILE": "/run/secrets/database_url"},
            {"EMAIL_HOST": "mail.example.org"},
            {"DEBUG": "0"},
            {"SITE_URL": "https://online.example.org"},
        ],
        2,
    ),
)
def test_manage_py_never_takes_development_settings_beside_one_of_production(tree, given):
    (tree / "var").mkdir()
    (tree / "var/addresses.json").write_text('{"SITE_URL": "http://localhost:8001"}')

    run = run_in(tree, "manage.py", "check", **given)

    assert run.returncode == 3
    assert "SECRET_KEY is not set" in run.stderr
    assert "Development settings" not in run.stderr


def test_manage_py_of_the_image_knows_no_development_settings(tree):
    shutil.rmtree(tree / "script")

    run = run_in(tree, "manage.py", "check")

    assert (run.returncode, run.stderr.splitlines()[0].partition(":")[0]) == (3, "SECRET_KEY is not set")


@pytest.mark.django_db
def test_seasons_are_loaded_once():
    for _ in range(2):
        preparation.load_past_season()
        preparation.clone_rehearsal(now=datetime(2030, 5, 8, 12, tzinfo=UTC))

    rehearsal = Season.objects.get(slug="rehearsal")
    assert Season.objects.count() == 2
    assert rehearsal.is_rehearsal
    assert rehearsal.starts_on >= date(2030, 5, 13)


@pytest.mark.django_db
def test_no_rehearsal_beside_a_season_that_has_not_ended():
    now = datetime(2030, 5, 8, 12, tzinfo=UTC)
    SeasonFactory(starts_on=now.date() - timedelta(days=30), ends_on=now.date())

    preparation.clone_rehearsal(now=now)

    assert Season.objects.count() == 1


@pytest.mark.django_db
def test_first_staff_user_is_made_once(var):
    preparation.create_first_staff()
    password = (var / "staff-password.txt").read_text().strip()

    preparation.create_first_staff()

    assert get_user_model().objects.get(is_superuser=True).check_password(password)
    assert (var / "staff-password.txt").read_text().strip() == password


def test_dead_child_is_reported_with_its_last_lines(family, tmp_path):
    child = family.start("web", ["sh", "-c", "echo no such module; exit 3"], tmp_path / "web.log")
    child.process.wait()

    with pytest.raises(ChildFailed, match=r"web ended with 3 .*\nno such module"):
        family.check()


def test_signal_ends_every_wait(family, monkeypatch):
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    family.obey_signals()
    try:
        os.kill(os.getpid(), signal.SIGHUP)
        with pytest.raises(Stopped):
            family.pause(10)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


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


@pytest.mark.fault
def test_server_starts_serves_and_stops(start_server):
    server = start_server(PORT=str(free_port()))
    (site,) = re.findall(r"Site +(\S+)", _printed_at_start(server))
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    paths = ["", "admin/login/", "static/admin/css/base.css", "dev/mail/"]

    statuses = [urllib.request.urlopen(site + path).status for path in paths]
    server.send_signal(signal.SIGINT)

    assert server.wait(timeout=40) == 0
    assert statuses == [200] * 4
    assert len(children) == 4
    assert [pid for pid in children if is_running(pid)] == []


@pytest.mark.fault
def test_manage_py_knows_the_database_of_the_server_that_has_run(start_server, tmp_path):
    server = start_server(PORT=str(free_port()))
    site = re.findall(r"Site +(\S+)", _printed_at_start(server))[0].rstrip("/")
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

    sites = [re.findall(r"Site +(\S+)", _printed_at_start(server))[0] for server in servers]
    brokers = [json.loads(path.read_text())["REDIS_URL"] for path in tmp_path.glob("*/var/addresses.json")]

    assert [urllib.request.urlopen(site).status for site in sites] == [200, 200]
    assert (len(set(sites)), len(set(brokers))) == (2, 2)


def test_every_static_file_has_a_name_for_production(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }

    call_command("collectstatic", interactive=False, verbosity=0)

    assert (tmp_path / "staticfiles.json").exists()
