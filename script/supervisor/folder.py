"""The folder var/: what this machine keeps between two starts."""

import contextlib
import fcntl
import os
import secrets
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = ROOT / "var"
LOGS = VAR / "log"
STAFF_PASSWORD = VAR / "staff-password.txt"


class AlreadyRunning(Exception):
    """Another supervisor works in this folder."""


def create():
    # Names, addresses and mails lie here: nothing for other users of the machine.
    VAR.mkdir(mode=0o700, exist_ok=True)
    for path in folders():
        path.mkdir(exist_ok=True)


def folders():
    return (VAR, *(VAR / name for name in ("log", "valkey", "mail", "static", "media")))


def write_secret(path, text):
    """Readable by its owner only, from the first moment on."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text + "\n")


def secret_key() -> str:
    """The same for all who ask, also for two at once: only a whole file gets the name, and only one."""
    path = VAR / "secret-key.txt"
    if not path.exists():
        # For its owner only, as every file of its kind.
        with tempfile.NamedTemporaryFile("w", dir=VAR) as draft:
            draft.write(secrets.token_urlsafe(50) + "\n")
            draft.flush()
            with contextlib.suppress(FileExistsError):
                path.hardlink_to(draft.name)
    return path.read_text().strip()


def lock(timeout_seconds=15):
    """An open file that holds the lock; the children inherit it, so it is free only when the last of them is gone."""
    file = (VAR / "server.lock").open("a+")
    deadline = time.monotonic() + timeout_seconds
    while not _try_lock(file):
        file.seek(0)
        pid = file.read().strip()
        if _is_alive(pid) or time.monotonic() > deadline:
            raise AlreadyRunning(f"script/server runs already in {ROOT} (process {pid}).")
        time.sleep(0.1)
    file.truncate(0)
    file.write(f"{os.getpid()}\n")
    file.flush()
    return file


def _try_lock(file) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_alive(pid) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
