"""/readyz and /metrics of a real server whose database or broker answers and takes no change, and what it counts."""

from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.faults.probing import metrics, readyz
from tests.faults.waiting import wait_until
from tests.support import running

pytestmark = pytest.mark.fault

RUNS = ["beat: ok", "worker: ok", "relay: ok", "reminders: ok", "data_clock: ok", "clock: ok"]
WELL = ["database: ok", "post: ok", *RUNS, "broker: ok"]
REQUESTS = 20


def can_write(servers) -> dict[str, float]:
    found = metrics(servers)
    return {part: found[f'minamata_can_write{{part="{part}"}}'] for part in ("database", "broker")}


def test_read_only_database_is_said(servers):
    running.everything_ran()
    assert readyz(servers) == WELL
    assert can_write(servers) == {"database": 1, "broker": 1}

    servers.make_database_read_only()

    wait_until(lambda: readyz(servers)[0] == "database: cannot be written, ReadOnlySqlTransaction")
    assert readyz(servers)[1:] == WELL[1:]
    assert can_write(servers) == {"database": 0, "broker": 1}
    servers.make_database_writable()
    wait_until(lambda: readyz(servers) == WELL)


@pytest.mark.parametrize(("state", "error"), [("full", "OutOfMemoryError"), ("a read-only copy", "ReadOnlyError")])
def test_broker_that_takes_nothing_is_said(servers, state, error):
    running.everything_ran()

    servers.have_valkey_refuse(state)

    assert readyz(servers) == [*WELL[:-1], f"broker: cannot be written, {error}"]
    assert can_write(servers) == {"database": 1, "broker": 0}
    servers.have_valkey_take()
    assert readyz(servers) == WELL


def test_answers_of_all_processes_are_counted_and_those_to_watchers_are_not(servers):
    before = answers(servers)

    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda number: ask(servers, number), range(REQUESTS)))

    more = {name: number - before[name] for name, number in answers(servers).items()}
    assert statuses == [200, 404] * (REQUESTS // 2)
    assert more == {"1xx": 0, "2xx": REQUESTS / 2, "3xx": 0, "4xx": REQUESTS / 2, "5xx": 0}
    seen = set()
    wait_until(lambda: seen.add(process_that_answers(servers)) or len(seen) == 2)


def test_answers_of_a_killed_process_stay_counted(servers):
    ask(servers, 0)
    before = answers(servers)

    servers.kill_web_workers()
    wait_until(lambda: is_answered(servers))

    assert answers(servers)["2xx"] >= before["2xx"] > 0


def answers(servers) -> dict[str, float]:
    found = metrics(servers)
    return {name: found[f'minamata_answers_total{{status="{name}"}}'] for name in ("1xx", "2xx", "3xx", "4xx", "5xx")}


def process_that_answers(servers) -> str:
    [name] = [name for name in metrics(servers) if name.startswith("minamata_process_cpu_seconds")]
    return name


def ask(servers, number) -> int:
    path = ["/privacy/", "/nowhere/"][number % 2]
    try:
        with urlopen(Request(f"http://127.0.0.1:{servers.port}{path}", headers={"Host": "localhost"})) as answer:
            return answer.status
    except HTTPError as refused:
        return refused.code


def is_answered(servers) -> bool:
    try:
        return ask(servers, 0) == 200
    except OSError:
        return False
