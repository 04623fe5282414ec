"""Children that end while the site runs are started again, after pauses that grow."""

import time

from script.supervisor import logs

FIRST_PAUSE = 1
LONGEST_PAUSE = 60
# Whoever lived so long did not end for the reason of the time before.
LONG_LIFE_SECONDS = 300


def next_pause(last, lived_seconds) -> int:
    """Seconds; `last` is None before the first."""
    if last is None or lived_seconds >= LONG_LIFE_SECONDS:
        return FIRST_PAUSE
    return min(2 * last, LONGEST_PAUSE)


class Restarts:
    """Looks after one child. `say` gets a line each time when it has ended, or could not be started."""

    def __init__(self, child, say):
        self._child = child
        self._say = say
        self._pause = None
        self._due_at = None

    def look(self):
        logs.cut(self._child.log)
        if self._due_at is None and self._child.has_ended():
            # Those whom it has started hold its mails and its port.
            self._child.kill_group()
            lived = time.monotonic() - self._child.started_at
            self._wait(f"{self._child.how_it_ended()} ({self._child.log})", lived)
        elif self._due_at is not None and time.monotonic() >= self._due_at:
            self._start()

    def _start(self):
        self._due_at = None
        try:
            self._child.start()
        except OSError as error:
            self._wait(f"could not be started: {error.strerror} ({error.filename})", 0)

    def _wait(self, what, lived_seconds):
        self._pause = next_pause(self._pause, lived_seconds)
        self._due_at = time.monotonic() + self._pause
        self._say(f"{self._child.name} {what}; it starts again in {self._pause} s.")
