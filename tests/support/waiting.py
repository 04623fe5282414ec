"""Waiting for what another process does, and whether it runs."""

import time
from pathlib import Path


def wait_until(true, seconds=15):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_running(pid) -> bool:
    """A zombie has ended; who its parent is now does not matter."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
