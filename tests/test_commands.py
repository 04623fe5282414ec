"""What script/server is made of, and one real start of the whole."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from script.supervisor import environment, folder, ports, preparation
from script.supervisor.children import Child, ChildFailed, Family, Stopped
from sessions.models import Season
from tests.factories import SeasonFactory
from tests.servers import free_port

ROOT = Path(__file__).resolve().parent.parent
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


@pytest.fixture
def server(tmp_path):
    """script/server without its shell part, in a copy of the tree whose path has a space."""
    shutil.copytree(ROOT, tmp_path / "a tree", ignore=NOT_COPIED)
    given = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    process = subprocess.Popen(
        [sys.executable, "-m", "script.supervisor"],
        cwd=tmp_path / "a tree",
        env=given | {"PORT": str(free_port())},
        stdout=subprocess.PIPE,
        text=True,
    )
    yield process
    process.terminate()
    process.communicate(timeout=40)


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


def wait_until(true, seconds=15):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_taken_port_is_left_alone():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        assert ports.choose(port) > port


def test_port_of_closed_connection_is_taken_again():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            server.accept()[0].close()

    assert ports.choose(port) == port


def test_secret_is_for_its_owner_only_and_stays(var):
    key = folder.secret_key()

    assert folder.secret_key() == key
    assert (var / "secret-key.txt").stat().st_mode & 0o777 == 0o600
    assert len(key) > 50


def test_second_supervisor_is_refused_while_the_first_lives(var):
    with folder.lock(), pytest.raises(folder.AlreadyRunning, match=str(os.getpid())):
        folder.lock()


def test_environment_has_a_default_for_everything(var, monkeypatch):
    for name in ("DEBUG", "SITE_URL", "SECRET_KEY", "EMAIL_HOST", "EMAIL_BACKEND", "ALLOWED_HOSTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PORT", str(free_port()))

    built = environment.build(print)

    assert built["SITE_URL"] == f"http://localhost:{built['PORT']}"
    assert (built["DEBUG"], built["EMAIL_BACKEND"]) == ("1", environment.MAIL_CATCHER)


def test_given_mail_server_is_used(var, monkeypatch):
    monkeypatch.setenv("DEBUG", "1")
    monkeypatch.setenv("EMAIL_HOST", "mail.example.org")
    monkeypatch.delenv("EMAIL_BACKEND", raising=False)

    assert "EMAIL_BACKEND" not in environment.build(print)


def test_given_broker_is_not_started(monkeypatch):
    assert environment.choose_broker({"REDIS_URL": "redis://broker:6379/0"}, print) is None


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
def test_server_starts_serves_and_stops(server):
    (site,) = re.findall(r"Site +(\S+)", _printed_at_start(server))
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    paths = ["", "admin/login/", "static/admin/css/base.css", "dev/mail/"]

    statuses = [urllib.request.urlopen(site + path).status for path in paths]
    server.send_signal(signal.SIGINT)

    assert server.wait(timeout=40) == 0
    assert statuses == [200] * 4
    assert len(children) == 4
    assert [pid for pid in children if is_running(pid)] == []


def test_every_static_file_has_a_name_for_production(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }

    call_command("collectstatic", interactive=False, verbosity=0)

    assert (tmp_path / "staticfiles.json").exists()
