"""The scheduler of Celery beat, with a clock that the test sets."""

from datetime import UTC, datetime, timedelta

import pytest
from celery import Celery
from celery.schedules import crontab

from minamata_online import beat

NOON = datetime(2030, 6, 3, 12, tzinfo=UTC)
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
ALL = ["nightly", "quick"]


class Clock:
    def __init__(self):
        self.now = NOON

    def __call__(self):
        return self.now


class Scheduler(beat.Scheduler):
    """Notes what it sends, and writes no heartbeat."""

    def __init__(self, *args, **options):
        self.sent = []
        super().__init__(*args, **options)
        self._heartbeat = self

    def beat(self):
        pass

    def apply_entry(self, entry, producer=None):
        self.sent.append(entry.name)

    @property
    def producer(self):
        return None


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def start(clock):
    """Call it for a scheduler as it is after a start."""
    app = Celery("test", set_as_current=False)
    app.now = clock
    schedules = {"quick": 5.0, "nightly": crontab(hour=3, minute=17)}
    app.conf.beat_schedule = {name: {"task": name, "schedule": schedule} for name, schedule in schedules.items()}
    app.conf.result_expires = None
    return lambda: Scheduler(app, max_interval=5)


def sent(scheduler) -> list[str]:
    """What is due at this moment."""
    scheduler.sent.clear()
    for _ in range(10):
        scheduler.tick()
    return sorted(scheduler.sent)


def test_everything_runs_at_the_start_and_then_in_its_time(start, clock):
    scheduler = start()
    assert sent(scheduler) == ALL
    assert sent(scheduler) == []

    clock.now += 6 * SECOND
    assert sent(scheduler) == ["quick"]

    clock.now = NOON.replace(hour=3, minute=16) + DAY
    assert sent(scheduler) == ["quick"]
    clock.now += timedelta(minutes=2)
    assert sent(scheduler) == ALL


def test_nightly_task_runs_when_its_minute_passed_during_a_restart(start, clock):
    clock.now = NOON.replace(hour=3, minute=16, second=59)
    sent(start())

    clock.now += 2 * SECOND

    assert sent(start()) == ALL


@pytest.mark.parametrize("jump", [30 * SECOND, HOUR, 400 * DAY])
def test_clock_set_back_stops_nothing(start, clock, jump):
    scheduler = start()
    sent(scheduler)

    clock.now -= jump

    assert sent(scheduler) == ALL
    clock.now += 6 * SECOND
    assert sent(scheduler) == ["quick"]


def test_clock_set_back_by_less_than_a_round_only_delays_by_it(start, clock):
    scheduler = start()
    sent(scheduler)
    clock.now += 4 * SECOND

    clock.now -= 3 * SECOND
    assert sent(scheduler) == []

    clock.now += 5 * SECOND
    assert sent(scheduler) == ["quick"]


def test_clock_set_ahead_makes_each_task_due_once(start, clock):
    scheduler = start()
    sent(scheduler)

    clock.now += 400 * DAY

    assert sent(scheduler) == ALL
    assert sent(scheduler) == []


def test_next_look_is_never_further_away_than_five_seconds(start, clock):
    scheduler = start()
    sent(scheduler)

    assert scheduler.tick() <= 5
