"""/readyz and /metrics of a real server while what they look at is frozen."""

import os
import signal
import subprocess
import sys
import time
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.support.paths import ROOT
from tests.support.servers import Guardian, RealServers, free_port, signal_group, wait_until

pytestmark = pytest.mark.fault

TOKEN = "0123456789abcdef-of-the-watcher"
AS_WATCHER = {"Host": "localhost", "Authorization": f"Bearer {TOKEN}"}
SECONDS = 3


@pytest.fixture(scope="module")
def servers(tmp_path_factory):
    servers = RealServers(tmp_path_factory.mktemp("servers"))
    yield servers
    for process in servers._started:
        signal_group(process, signal.SIGCONT)
    servers.stop()


@pytest.fixture(scope="module")
def port(servers, tmp_path_factory):
    """Of a server with a PostgreSQL and a Valkey of its own; both are in `servers`, in this order."""
    database = servers.start_postgres().rpartition("/")[0] + "/postgres"
    environment = os.environ | {"DATABASE_URL": database, "REDIS_URL": servers.start_valkey(), "METRICS_TOKEN": TOKEN}
    subprocess.run([sys.executable, "manage.py", "migrate"], cwd=ROOT, env=environment, check=True, capture_output=True)
    port, log, guardian = free_port(), tmp_path_factory.mktemp("web") / "web.log", Guardian()
    command = [sys.executable, "-m", "gunicorn", "minamata_online.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--worker-class", "gthread", "--threads", "4", "--no-control-socket"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    guardian.watch(process)
    wait_until(lambda: "Booting worker" in log.read_text(), process, log)
    yield port
    signal_group(process, signal.SIGKILL)
    process.wait()
    guardian.dismiss()


def ask(port, path):
    """Status, lines and seconds."""
    begun = time.monotonic()
    try:
        with urlopen(Request(f"http://127.0.0.1:{port}{path}", headers=AS_WATCHER), timeout=20) as answer:
            status, text = answer.status, answer.read().decode()
    except HTTPError as refused:
        status, text = refused.code, refused.read().decode()
    return status, text.splitlines(), time.monotonic() - begun


@pytest.fixture
def frozen(servers, port, request):
    """The server of this place in the list, until the test ends."""
    process = servers._started[request.param]
    assert ask(port, "/readyz")[0] == 200
    signal_group(process, signal.SIGSTOP)
    yield
    signal_group(process, signal.SIGCONT)


@pytest.mark.parametrize("frozen", [1], indirect=True)
def test_frozen_broker_is_said_within_3_seconds(frozen, port):
    status, lines, seconds = ask(port, "/readyz")

    assert (status, lines) == (503, ["database: ok", "post: ok", "broker: TimeoutError"])
    assert seconds < SECONDS


@pytest.mark.parametrize("frozen", [0], indirect=True)
@pytest.mark.parametrize("path", ["/readyz", "/metrics"])
def test_frozen_database_is_said_within_3_seconds_however_often_one_asks(frozen, port, path):
    answers = [ask(port, path) for _ in range(3)]

    assert [status for status, _lines, _seconds in answers] == [503] * 3
    assert "answer" in answers[0][1][0]
    assert max(seconds for _status, _lines, seconds in answers) < SECONDS
    assert ask(port, "/healthz")[0] == 200


def test_everything_is_well_after_the_thaw(port):
    assert ask(port, "/readyz")[:2] == (200, ["database: ok", "post: ok", "broker: ok"])
