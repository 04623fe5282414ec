"""When what runs by itself was last seen, and when that is too long ago."""

from datetime import UTC, datetime, timedelta

import pytest

from registrations import last_runs
from registrations.models import LastRun
from tests.support import running

pytestmark = pytest.mark.django_db

NOW = datetime(2030, 6, 3, 12, tzinfo=UTC)
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
LONG = timedelta(days=30)


def late(now=NOW, uptime=LONG) -> set[str]:
    return {run.name for run in last_runs.report(now).late(uptime)}


def seen(name, at):
    LastRun.objects.record(name, at=at)


@pytest.mark.parametrize(
    ("name", "late_after"), [(last_runs.BEAT, last_runs.SILENT_AFTER), *last_runs.LATE_AFTER.items()]
)
def test_each_is_late_after_its_time(settings, name, late_after):
    settings.CALENDAR_REPLIES = "maildir:///nowhere"
    running.everything_ran(at=NOW)

    seen(name, NOW - late_after)
    assert name not in late()

    seen(name, NOW - late_after - SECOND)
    assert name in late()


def test_one_living_worker_is_enough():
    for number, age in enumerate([0 * SECOND, 50 * SECOND, DAY]):
        seen(f"{last_runs.WORKER} celery@there {number}", NOW - age)

    report = last_runs.report(NOW)

    assert report.workers == 1
    assert last_runs.WORKER not in late()
    assert last_runs.WORKER in late(NOW + MINUTE)


def test_after_a_start_everything_has_its_time_to_run():
    running.everything_ran(at=NOW - DAY * 3)

    assert late(uptime=SECOND) == set()
    assert late(uptime=MINUTE) == {last_runs.BEAT, last_runs.WORKER}
    assert {last_runs.RELAY, last_runs.REMINDERS} <= late(uptime=6 * MINUTE)


def test_backup_is_nothing_that_a_start_would_make_up_for():
    seen(last_runs.BACKUP, NOW - DAY * 3)

    assert late(uptime=SECOND) == {last_runs.BACKUP}


def test_nobody_misses_a_backup_where_none_was_ever_made():
    running.everything_ran(at=NOW)

    assert last_runs.BACKUP not in {run.name for run in last_runs.report(NOW).runs}


def test_what_never_ran_is_late_for_a_command_at_once():
    assert late(uptime=None) == {"beat", "worker", "relay", "reminders", "data_clock"}
    assert late(uptime=SECOND) == set()


def test_time_left_before_the_clock_was_set_back_counts_for_nothing():
    running.everything_ran(at=NOW + DAY)

    assert late(uptime=None) == {"beat", "worker", "relay", "reminders", "data_clock"}
    assert last_runs.report(NOW).workers == 0


def test_clock_of_another_machine_that_is_a_little_ahead_is_no_fault():
    running.everything_ran(at=NOW + 5 * SECOND)

    assert late(uptime=None) == set()
    assert {run.age for run in last_runs.report(NOW).runs} == {0 * SECOND}


def test_new_worker_has_those_forgotten_that_are_gone_for_long():
    for name, age in {"old": 2 * DAY, "silent": MINUTE}.items():
        running.ran(f"{last_runs.WORKER} {name}", ago=age)

    last_runs.record_worker("new")

    workers = LastRun.objects.filter(name__startswith=last_runs.WORKER).values_list("name", flat=True)
    assert sorted(workers) == ["worker new", "worker silent"]


def test_report_is_one_query(django_assert_num_queries):
    running.everything_ran()

    with django_assert_num_queries(1):
        last_runs.report(NOW)
