"""The scheduler of Celery beat: it keeps nothing on disk, and no clock that is set back stops it."""

from datetime import UTC, datetime, timedelta

from celery import beat

from minamata_online.monitoring.heartbeats import Heartbeat
from registrations import last_runs

NEVER = datetime(2000, 1, 1, tzinfo=UTC)
SLACK = timedelta(seconds=1)


class Scheduler(beat.Scheduler):
    """Runs each task once at the start, so that one whose time came while nobody ran is not left out.

    All of them may run at any moment and once more: what is not due is not done.
    """

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self._heartbeat = Heartbeat(lambda: last_runs.record(last_runs.BEAT))

    def setup_schedule(self):
        super().setup_schedule()
        self._begin_anew()

    def tick(self):
        self._heartbeat.beat()
        if any(entry.last_run_at > entry.default_now() + SLACK for entry in self.schedule.values()):
            # The clock was set back: by their old times tasks would wait for as long as it was.
            self._begin_anew()
        return super().tick()

    def _begin_anew(self):
        for entry in self.schedule.values():
            entry.last_run_at = NEVER
        self._heap = None
