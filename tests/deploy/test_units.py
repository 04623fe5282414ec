"""deploy/systemd/ without systemd: its commands with few rights, and the settings of its example."""

import os
import re
import socket
import subprocess

import pytest

from tests.deploy import compose, units
from tests.deploy.image import command_of_image
from tests.faults.waiting import wait_until
from tests.support.paths import ROOT
from tests.support.servers import free_port


def settings(surroundings):
    """Of the example, on the servers of the tests."""
    here = surroundings("web")
    own = {name: here[name] for name in ("DATABASE_URL", "REDIS_URL")} | {"SECRET_KEY": "k9-" * 20}
    return units.settings() | own


def of_image(image, name, surroundings) -> dict[str, str]:
    folders = {"STATIC_ROOT": str(image.folder / "static"), "MEDIA_ROOT": str(image.folder / "media")}
    return settings(surroundings) | folders | units.environment(f"{name}.service")


@pytest.fixture(scope="module")
def migrated(image, surroundings):
    """After the steps of deploy/install.sh and of docs/run-without-docker.md."""
    compiled = ["-m", "compileall", "-q", "minamata_online", "sessions", "registrations"]
    of_manage_py = (["migrate", "--no-input"], ["set_up_staff_groups"], ["collectstatic", "--no-input"])
    for command in (compiled, *(["manage.py", *each] for each in of_manage_py)):
        run = image.run(["python", *command], of_image(image, "minamata-web", surroundings))
        assert run.returncode == 0, run.stderr
    image.make_read_only()
    return image


def test_example_is_read_alike_by_systemd_and_by_the_shell():
    said = subprocess.run(
        ["sh", "-c", 'set -a; . "$0"; exec env -0', units.SETTINGS], env={}, capture_output=True, text=True, check=True
    ).stdout

    of_shell = dict(pair.split("=", 1) for pair in said.split("\0") if pair)
    assert {name: of_shell[name] for name in units.settings()} == units.settings()


def test_commands_are_those_of_the_containers():
    services = compose.load()["services"]
    of_containers = [command_of_image(), services["worker"]["command"].split(), services["beat"]["command"].split()]
    of_containers[0][of_containers[0].index("0.0.0.0:8000")] = "127.0.0.1:8000"

    of_units = [units.command(f"{name}.service") for name in units.SERVICES]

    assert [[words[0].rpartition("/")[2], *words[1:]] for words in of_units] == of_containers


def test_every_file_that_the_page_and_the_backup_name_is_there():
    page = (ROOT / "docs" / "run-without-docker.md").read_text()
    [backup] = units.read("minamata-backup.service")["ExecStart"]
    named = set(re.findall(r"\b(?:deploy|docs|script|tests)/[\w./-]+\w", page))
    named.add(backup.split()[0].removeprefix(f"{units.INSTALLED}/"))

    assert len(named) > 15
    assert [path for path in named if not (ROOT / path).exists()] == []
    assert [path for path in named if path.endswith(".sh") and not os.access(ROOT / path, os.X_OK)] == []


def test_web_worker_and_beat_may_do_the_same_but_for_materials():
    first, *others = [{line for line in lines(name) if line != WRITES} for name in units.SERVICES]

    assert [rights for rights in others if rights != first] == []


WRITES = "ReadWritePaths=/var/lib/minamata-online/media"


def lines(name) -> list[str]:
    """Of the unit, what it may and may not do."""
    text = (units.FOLDER / f"{name}.service").read_text()
    rights = text[text.index("ProtectSystem") : text.index("[Install]")]
    return [line for line in rights.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("name", units.SERVICES)
def test_service_comes_back_however_it_ended(name):
    unit = units.read(f"{name}.service")

    assert (unit["Restart"], unit["StartLimitIntervalSec"]) == (["always"], ["0"])
    assert (unit["User"], unit["NoNewPrivileges"], unit["ProtectSystem"]) == (["minamata"], ["yes"], ["strict"])
    assert unit["EnvironmentFile"] == ["/etc/minamata-online/env"]


@pytest.mark.fault
def test_web_says_that_it_is_ready_and_answers(migrated, surroundings):
    # Given the socket on which systemd hears of services of Type=notify
    told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    told.bind(str(migrated.folder / "notify"))
    told.settimeout(60)
    os.chmod(migrated.folder / "notify", 0o666)
    migrated.web_port = free_port()
    where = f"127.0.0.1:{migrated.web_port}"
    command = [word.replace("127.0.0.1:8000", where) for word in units.command("minamata-web.service")]
    environment = of_image(migrated, "minamata-web", surroundings)

    # When it starts as the unit says
    web, _log = migrated.start(
        "web", command, environment | {"NOTIFY_SOCKET": str(migrated.folder / "notify")}, lambda text: where in text
    )

    # Then systemd hears that it is ready, and the page of a person is asked for over TLS only
    assert b"READY=1" in told.recv(4096)
    wait_until(lambda: b"301" in ask(migrated.web_port, "http") and b"200" in ask(migrated.web_port, "https"))
    web.terminate()
    assert web.wait(timeout=30) == 0


def ask(port, scheme) -> bytes:
    """The first line of an answer."""
    lines = ["GET /privacy/ HTTP/1.0", "Host: online.example.org", f"X-Forwarded-Proto: {scheme}", "", ""]
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall("\r\n".join(lines).encode())
        return connection.makefile("rb").readline()


@pytest.mark.fault
def test_worker_starts_and_ends_in_order(migrated, surroundings):
    process, log = start_celery(migrated, surroundings, "minamata-worker", " ready.")

    process.terminate()

    [seconds] = units.read("minamata-worker.service")["TimeoutStopSec"]
    assert process.wait(timeout=int(seconds)) == 0, log.read_text()
    assert "Traceback" not in log.read_text()


@pytest.mark.fault
def test_beat_starts_and_says_that_it_lives(migrated, surroundings):
    start_celery(migrated, surroundings, "minamata-beat", "Sending due task")

    environment = of_image(migrated, "minamata-beat", surroundings)
    wait_until(lambda: migrated.run(["python", "manage.py", "check_beat"], environment).returncode == 0)


def start_celery(image, surroundings, name, said):
    environment = of_image(image, name, surroundings)
    return image.start(name, units.command(f"{name}.service"), environment, lambda text: said in text)
