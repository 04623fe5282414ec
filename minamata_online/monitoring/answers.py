"""Answers of this web server by status class, counted over all its processes."""

import fcntl
import mmap
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock

CLASSES = ["1xx", "2xx", "3xx", "4xx", "5xx"]
OCTETS = 8


class Counts:
    """Numbers in memory that processes share which are forked after this was made.

    The system takes the lock of a file from a process that is killed, so that nobody waits for a dead one.
    """

    def __init__(self):
        self._numbers = memoryview(mmap.mmap(-1, len(CLASSES) * OCTETS)).cast("Q")
        self._lock = Lock()
        self._file = _lockable()

    def add(self, status: str):
        """`status` begins with its three digits."""
        with self._alone():
            self._numbers[int(status[0]) - 1] += 1

    def totals(self) -> dict[str, int]:
        return dict(zip(CLASSES, self._numbers, strict=True))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._lock:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)


def _lockable():
    """A file in memory alone, so that no full disk keeps a server from starting; one on disk where there are none."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("answers"), "wb")
    return tempfile.TemporaryFile()


@cache
def of_server() -> Counts:
    """First called by gunicorn's logger, before there are processes; elsewhere each process counts for itself."""
    return Counts()
