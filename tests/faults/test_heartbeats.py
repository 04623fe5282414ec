"""Beat and workers say that they live; who is killed falls silent, who stops in order is missed by nobody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registrations import last_runs
from registrations.models import LastRun
from tests.faults.waiting import wait_until
from tests.support import workers

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]

WORKER = ["worker", "--loglevel=INFO", "--concurrency=1", "--without-gossip", "--without-mingle"]
NOT_YET, TOO_LONG = last_runs.SILENT_AFTER - timedelta(seconds=1), last_runs.SILENT_AFTER + timedelta(seconds=1)


@pytest.fixture
def start(smtp_server):
    """Call it with the arguments of a process of Celery and the line that it is ready with."""
    workers.empty_broker()
    started = []

    def start(arguments, ready, **more):
        started.append(workers.CeleryProcess(arguments, ready, workers.environment_for(smtp_server), **more))
        started[-1].start()
        return started[-1]

    yield start
    for process in started:
        process.close()


def start_worker(start):
    process = start(WORKER, " ready.")
    wait_until(lambda: workers_alive() == 1)
    return process


def start_beat(start):
    process = start(workers.BEAT, "beat: Starting...")
    wait_until(lambda: seen_at(last_runs.BEAT))
    return process


def workers_alive(after=timedelta(0)) -> int:
    return last_runs.report(timezone.now() + after).workers


def seen_at(name):
    return LastRun.objects.filter(name__startswith=name).values_list("at", flat=True).first()


def late(now) -> list[str]:
    return [run.name for run in last_runs.report(now).late() if run.name in (last_runs.BEAT, last_runs.WORKER)]


def test_worker_that_stops_in_order_is_not_listed_any_more(start):
    worker = start_worker(start)

    worker.stop()

    assert not LastRun.objects.filter(name__startswith=last_runs.WORKER).exists()


def test_killed_worker_is_missed_within_a_minute(start):
    worker = start_worker(start)

    worker.kill()

    last = seen_at(last_runs.WORKER)
    assert last_runs.WORKER not in late(last + NOT_YET)
    assert last_runs.WORKER in late(last + TOO_LONG)
    assert workers_alive(after=TOO_LONG) == 0


def test_killed_beat_is_told_from_a_living_worker(start):
    start_worker(start)
    beat = start_beat(start)

    beat.kill()

    last = seen_at(last_runs.BEAT)
    wait_until(lambda: seen_at(last_runs.WORKER) > last + timedelta(seconds=5))
    assert late(last + TOO_LONG) == [last_runs.BEAT]


def test_living_beat_is_told_from_a_killed_worker(start):
    worker = start_worker(start)
    start_beat(start)

    worker.kill()

    last = seen_at(last_runs.WORKER)
    wait_until(lambda: seen_at(last_runs.BEAT) > last + timedelta(seconds=5))
    assert late(last + TOO_LONG) == [last_runs.WORKER]


def test_tasks_leave_the_time_of_their_last_run(start):
    start_worker(start)
    start_beat(start)

    wait_until(lambda: {"relay", "reminders", "data_clock"} <= set(LastRun.objects.values_list("name", flat=True)))


BEAT_WITH_CLOCK = """
import sys
from datetime import timedelta
from pathlib import Path
from minamata_online.celery import app

of_machine, ahead = app.now, Path(sys.argv[1])
app.now = lambda: of_machine() + timedelta(seconds=float(ahead.read_text()))
app.start(["beat", "--loglevel=INFO", "--pidfile="])
"""


def test_beat_goes_on_when_its_clock_is_set_back_by_a_day(start, tmp_path):
    ahead = tmp_path / "seconds"
    ahead.write_text("86400")
    beat = start(["-c", BEAT_WITH_CLOCK, str(ahead)], "Sending due task", program=[])
    wait_until(lambda: sent(beat, "post-reminders") == 1)

    pause = tmp_path / "new"
    pause.write_text("0")
    pause.replace(ahead)

    wait_until(lambda: sent(beat, "post-reminders") == 2, seconds=15)
    relays = sent(beat, "relay-due-mails")
    wait_until(lambda: sent(beat, "relay-due-mails") >= relays + 2, seconds=15)


def sent(beat, entry) -> int:
    return sum(f"Sending due task {entry}" in line for line in list(beat.lines))
