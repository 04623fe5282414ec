"""Mails in a Maildir: one file each in `new` or `cur`."""

import logging
import os
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path

from registrations.calendar_replies.mailbox.mail import CannotRead, Mail
from registrations.mail.incoming import MOST_OCTETS

log = logging.getLogger(__name__)


@contextmanager
def opened(path: Path, *, limit: int):
    try:
        files = sorted(_files(path / "new") + _files(path / "cur"), key=lambda file: file.name)
    except OSError as error:
        raise CannotRead(f"CALENDAR_REPLIES: {path} is not a Maildir that can be read: {error.strerror}.") from None
    yield islice(_mails(files), limit)


def _files(folder) -> list[os.DirEntry]:
    with os.scandir(folder) as entries:
        return [entry for entry in entries if not entry.name.startswith(".") and entry.is_file(follow_symlinks=False)]


def _mails(files):
    for file in files:
        try:
            octets = b"" if file.stat().st_size > MOST_OCTETS else Path(file.path).read_bytes()
        except FileNotFoundError:
            continue  # Another run was faster, or a mail program moved it.
        except OSError as error:
            log.warning("a mail among the calendar replies cannot be read: %s", error.strerror)
            continue
        yield Mail(octets, partial(_remove, Path(file.path)))


def _remove(path):
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise CannotRead(f"CALENDAR_REPLIES: mails in {path.parent} cannot be removed: {error.strerror}.") from None
