"""What runs without anybody asking: when periodic tasks, Celery beat and workers last did, and what is late."""

import time
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from registrations.models import LastRun

BEAT, WORKER = "beat", "worker"
RELAY, REMINDERS, DATA_CLOCK, CALENDAR_REPLIES = "relay", "reminders", "data_clock", "calendar_replies"
# Not ours: deploy/backup.sh leaves it, as soon as a copy is whole.
BACKUP = "backup"
# Both leave a time every 10 seconds (minamata_online/monitoring/heartbeats.py): three are missing then, and whoever
# asks twice a minute knows within one.
SILENT_AFTER = timedelta(seconds=40)
LATE_AFTER = {
    # Every 5 seconds. With a silent mail server both processes of a worker may be busy for as long as a task may last
    # (45 s), and once more; what was queued meanwhile has expired.
    RELAY: timedelta(minutes=2),
    # Every minute. As late as a mail may be (mail.health.LATE_AFTER).
    REMINDERS: timedelta(minutes=5),
    # Once a day; its task may wait for an hour, and its portions may take another.
    DATA_CLOCK: timedelta(hours=26),
    # Every 5 minutes; a mailbox out of reach for a few readings is no fault yet.
    CALENDAR_REPLIES: timedelta(minutes=20),
    # Every night; a large one may end later than that of the night before.
    BACKUP: timedelta(days=2),
}
# Of a killed worker nobody deletes the row; with a container its name is gone for good.
REMEMBERED_FOR = timedelta(days=1)
# Another machine's clock may be so far ahead. A time beyond that was left before this clock was set back.
SKEW = timedelta(seconds=30)
_started = time.monotonic()


@dataclass(frozen=True)
class Run:
    """`age` is None when it never ran, as far as anybody can tell."""

    name: str
    age: timedelta | None
    late_after: timedelta

    def is_late(self, uptime: timedelta | None) -> bool:
        """After a start everything that starts with us has its time to run: `uptime` is that of who asks, None for a
        command.
        """
        ages = [age for age in (self.age, None if self.name == BACKUP else uptime) if age is not None]
        return not ages or min(ages) > self.late_after


@dataclass(frozen=True)
class Report:
    """`workers` is the number of those that live; the run of WORKER is the latest of any."""

    runs: list[Run]
    workers: int

    def late(self, uptime=None) -> list[Run]:
        return [run for run in self.runs if run.is_late(uptime)]


def uptime() -> timedelta:
    """Of this process."""
    return timedelta(seconds=time.monotonic() - _started)


def record(name):
    LastRun.objects.record(name, at=timezone.now())


def record_worker(name):
    now = timezone.now()
    if LastRun.objects.record(_row_of_worker(name), at=now):
        _of_workers().filter(at__lt=now - REMEMBERED_FOR).delete()


def forget_worker(name):
    """It has ended in order: nobody misses it."""
    LastRun.objects.filter(name=_row_of_worker(name)).delete()


def report(now) -> Report:
    ages = {name: _age(at, now) for name, at in LastRun.objects.values_list("name", "at")}
    of_workers = [age for name, age in ages.items() if name.startswith(f"{WORKER} ") and age is not None]
    alive = sum(age <= SILENT_AFTER for age in of_workers)
    processes = [Run(BEAT, ages.get(BEAT), SILENT_AFTER), Run(WORKER, min(of_workers, default=None), SILENT_AFTER)]
    expected = {name: late_after for name, late_after in LATE_AFTER.items() if _is_expected(name, ages)}
    tasks = [Run(name, ages.get(name), late_after) for name, late_after in expected.items()]
    return Report(processes + tasks, alive)


def _age(at, now) -> timedelta | None:
    return max(now - at, timedelta(0)) if at <= now + SKEW else None


def _is_expected(name, known) -> bool:
    """Whether copies are made at all, the first of them says."""
    return {CALENDAR_REPLIES: bool(settings.CALENDAR_REPLIES), BACKUP: BACKUP in known}.get(name, True)


def _of_workers():
    return LastRun.objects.filter(name__startswith=f"{WORKER} ")


def _row_of_worker(name) -> str:
    return f"{WORKER} {name}"[:255]
