"""Every command and health check of the containers, run as a process: few rights, a program that cannot be written."""

import subprocess
from urllib.request import Request, urlopen

import pytest

from tests.deploy import compose
from tests.deploy.image import command_of_image, health_command, instructions, last
from tests.faults.waiting import wait_until
from tests.support.servers import _postgres_binaries

pytestmark = pytest.mark.fault

SERVICES = compose.load()["services"]
AS_PROXY = {"Host": "online.example.org", "X-Forwarded-Proto": "https"}


@pytest.fixture(scope="module")
def prepared(image, surroundings):
    """The image after its last step, and the database after `migrate`."""
    [collect] = [rest for name, rest in instructions() if name == "RUN" and "collectstatic" in rest]
    run = image.run(collect, {})
    assert run.returncode == 0, run.stderr
    image.make_read_only()
    before = image.paths()
    run = image.run(SERVICES["migrate"]["command"], surroundings("migrate"))
    assert run.returncode == 0, run.stderr
    yield image
    assert image.paths() == before


@pytest.fixture(scope="module")
def web(prepared, surroundings):
    process, log = prepared.start(
        "web", command_of_image(), surroundings("web"), lambda text: text.count("Booting worker") == 2
    )
    yield log
    process.terminate()
    assert process.wait(timeout=20) == 0


def check(image, surroundings, name):
    return image.run(health_command(SERVICES[name]["healthcheck"]), surroundings(name))


def ask(image, path):
    with urlopen(Request(f"http://127.0.0.1:{image.web_port}{path}", headers=AS_PROXY), timeout=60) as answer:
        return answer.status, dict(answer.headers), answer.read()


def test_image_does_not_run_as_root():
    assert last("USER") == "app"


def test_program_cannot_be_written(prepared):
    assert prepared.run("mkdir sessions/new", {}).returncode != 0
    assert prepared.run("echo >> manage.py", {}).returncode != 0


def test_migrate_twice_does_no_harm(prepared, surroundings):
    assert prepared.run(SERVICES["migrate"]["command"], surroundings("migrate")).returncode == 0


def test_health_check_of_the_web_fails_while_nobody_listens(prepared, surroundings):
    port, prepared.web_port = prepared.web_port, 9
    try:
        assert check(prepared, surroundings, "web").returncode != 0
    finally:
        prepared.web_port = port


def test_web_is_healthy_and_shows_pages_and_files(prepared, surroundings, web):
    # The first answer of a new process is slow on a busy machine: an engine would repeat its check.
    status, headers, page = ask(prepared, "/privacy/")
    run = check(prepared, surroundings, "web")

    assert run.returncode == 0, run.stderr
    assert (status, headers["Strict-Transport-Security"]) == (200, "max-age=31536000; includeSubDomains; preload")
    [style] = [part for part in page.decode().split('"') if part.startswith("/static/css/site.")]
    assert ask(prepared, style)[0] == 200


def test_worker_is_healthy(prepared, surroundings):
    prepared.start("worker", SERVICES["worker"]["command"], surroundings("worker"), lambda text: " ready." in text)

    run = check(prepared, surroundings, "worker")

    assert run.returncode == 0, run.stdout + run.stderr


def test_beat_is_healthy_once_it_has_said_that_it_lives(prepared, surroundings):
    assert check(prepared, surroundings, "beat").returncode != 0

    command = SERVICES["beat"]["command"]
    prepared.start("beat", command, surroundings("beat"), lambda text: "Sending due task" in text)

    # It says so in its own time; the engine repeats its check, too.
    wait_until(lambda: check(prepared, surroundings, "beat").returncode == 0)


def test_health_check_of_postgres(prepared, surroundings):
    address = surroundings("web")["DATABASE_URL"]
    port = address.rpartition(":")[2].partition("/")[0]
    own = {"PATH": f"{_postgres_binaries()}:/usr/bin:/bin", "PGHOST": "127.0.0.1"}
    test = health_command(SERVICES["postgres"]["healthcheck"])

    codes = [
        subprocess.run(["sh", "-c", test], env=own | {"PGPORT": number}, capture_output=True).returncode
        for number in (port, "9")
    ]

    assert codes == [0, 2]
