"""/readyz and /metrics of a real server while what they look at is frozen."""

import os
import signal
import time
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.support import migrated, running
from tests.support.paths import ROOT
from tests.support.servers import Guardian, RealServers, free_port, signal_group, wait_until
from tests.support.warm import WarmPython

pytestmark = [pytest.mark.fault, pytest.mark.counts_seconds]

TOKEN = "0123456789abcdef-of-the-watcher"
AS_WATCHER = {"Host": "localhost", "Authorization": f"Bearer {TOKEN}"}
SECONDS = 3
RUNS = ["beat: ok", "worker: ok", "relay: ok", "reminders: ok", "data_clock: ok", "clock: ok"]


@pytest.fixture(scope="module")
def servers(tmp_path_factory):
    servers = RealServers(tmp_path_factory.mktemp("servers"))
    yield servers
    for process in servers._started:
        signal_group(process, signal.SIGCONT)
    servers.stop()


@pytest.fixture(scope="module")
def database(servers):
    return servers.start_migrated_postgres().rpartition("/")[0] + f"/{migrated.DATABASE}"


@pytest.fixture(scope="module")
def port(servers, database, tmp_path_factory):
    """Of a server with a PostgreSQL and a Valkey of its own; both are in `servers`, in this order."""
    environment = os.environ | {"DATABASE_URL": database, "REDIS_URL": servers.start_valkey(), "METRICS_TOKEN": TOKEN}
    port, log, guardian = free_port(), tmp_path_factory.mktemp("web") / "web.log", Guardian()
    command = ["-m", "gunicorn", "minamata_online.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--worker-class", "gthread", "--threads", "4", "--no-control-socket"]
    with log.open("wb") as output:
        process = WarmPython(command, cwd=ROOT, env=environment, output=output.fileno())
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
def frozen(servers, port, database, request):
    """The server of this place in the list, until the test ends."""
    process = servers._started[request.param]
    running.everything_ran_in(database)
    assert ask(port, "/readyz")[0] == 200
    signal_group(process, signal.SIGSTOP)
    yield
    signal_group(process, signal.SIGCONT)


@pytest.mark.parametrize("frozen", [1], indirect=True)
def test_frozen_broker_is_said_within_3_seconds(frozen, port):
    status, lines, seconds = ask(port, "/readyz")

    assert (status, lines) == (503, ["database: ok", "post: ok", *RUNS, "broker: TimeoutError"])
    assert seconds < SECONDS


@pytest.mark.parametrize("frozen", [0], indirect=True)
@pytest.mark.parametrize(
    ("path", "expected", "line"),
    [("/readyz", 503, "database: no answer"), ("/metrics", 200, 'minamata_can_write{part="database"} 0')],
)
def test_frozen_database_is_said_within_3_seconds_however_often_one_asks(frozen, port, path, expected, line):
    answers = [ask(port, path) for _ in range(3)]

    assert [status for status, _lines, _seconds in answers] == [expected] * 3
    assert [line in lines for _status, lines, _seconds in answers] == [True] * 3
    assert max(seconds for _status, _lines, seconds in answers) < SECONDS
    assert ask(port, "/healthz")[0] == 200


@pytest.mark.parametrize("frozen", [0], indirect=True)
def test_metrics_tell_of_the_rest_while_the_database_is_frozen(frozen, port):
    _status, lines, _seconds = ask(port, "/metrics")

    assert 'minamata_can_write{part="broker"} 1' in lines
    assert 'minamata_queue_length{queue="broker"} 0' in lines
    assert [line for line in lines if line.startswith("minamata_process_cpu_seconds")]
    assert not [line for line in lines if line.startswith("minamata_mails")]


def test_everything_is_well_after_the_thaw(port, database):
    running.everything_ran_in(database)

    assert ask(port, "/readyz")[:2] == (200, ["database: ok", "post: ok", *RUNS, "broker: ok"])
