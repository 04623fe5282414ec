"""What the supervisor says: on the terminal, and what happens while it runs in its own log, too."""

import contextlib
from datetime import UTC, datetime

from script.supervisor import logs
from script.supervisor.folder import LOGS

LOG = LOGS / "supervisor.log"


def say(*lines):
    # A terminal that is gone, or a full disk behind it, must not keep the children from being stopped.
    with contextlib.suppress(OSError):
        print(*lines, sep="\n", flush=True)


def record(line):
    """Says it, and keeps it with its time."""
    say(line)
    with contextlib.suppress(OSError):
        logs.cut(LOG)
        with logs.append_to(LOG) as file:
            file.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%SZ} {line}\n".encode())
