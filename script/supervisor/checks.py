"""What a start needs of the machine: a folder that it can write to, room on its disk, and a clock that is right."""

import errno
import os
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from script.supervisor import folder

# What a new database, its log of changes and the logs of a day take.
ROOM_OCTETS = 20_000_000
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NO_RIGHT = {errno.EACCES, errno.EPERM}
DAY = timedelta(days=1)


def require_room():
    """Raises OSError where nothing can be stored in var/; what is tried is gone afterwards."""
    with tempfile.TemporaryFile(dir=folder.VAR) as file:
        try:
            os.posix_fallocate(file.fileno(), 0, ROOM_OCTETS)
        except OSError as error:
            # Others say that this disk cannot be asked.
            if error.errno in NO_ROOM:
                raise


def require_own_files():
    """Raises PermissionError: a start as another user, by sudo perhaps, leaves files that this one cannot change."""
    var = folder.VAR
    for path in (*folder.folders(), *(var / "log").iterdir(), *var.glob("*.sqlite3*"), *var.glob("*.txt")):
        if not os.access(path, os.R_OK | os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def in_words(error: OSError) -> str:
    """What is wrong, and the one thing to do."""
    path = Path(error.filename or folder.VAR)
    if error.errno in NO_ROOM:
        return f"There is no room for {folder.VAR} ({error.strerror}): delete something on that disk, then start again."
    if error.errno == errno.EROFS:
        return f"{path} is on a disk that can only be read: copy the project to another one, and start it there."
    if error.errno in NO_RIGHT:
        return f"{path} cannot be changed by user {os.getuid()}: {_way_to(path)}, then start again."
    return str(error)


def doubt_of_clock() -> str:
    """A sentence where it is earlier than this file was stored, which it cannot be; else nothing."""
    stored_at = datetime.fromtimestamp(Path(__file__).stat().st_mtime, UTC)
    now = datetime.now(UTC)
    if now > stored_at - DAY:
        return ""
    return (
        f"The clock of this machine says {now:%Y-%m-%d}, but this program is from {stored_at:%Y-%m-%d}: "
        "set the clock, reminders and calendars go by it."
    )


def _way_to(path) -> str:
    there = next(place for place in (path, *path.parents) if os.path.lexists(place))
    owner = there.lstat().st_uid
    if owner == os.getuid():
        return f"type chmod -R u+rwX {there}"
    return f"it belongs to user {owner}, type sudo chown -R {os.getuid()} {there}"
