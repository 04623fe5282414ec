"""The logs in var/log: appended to, and cut while they are written, so that nobody has to open them anew."""

import contextlib
import os
import shutil

LARGEST_OCTETS = 10_000_000
OLD_ONES = 3


def append_to(path):
    """A file whose writers always write at its end, also after `cut` has emptied it; for its owner only."""
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.fchmod(number, 0o600)
    return os.fdopen(number, "ab", buffering=0)


def cut(path):
    """Where it has become large, its text goes to `<name>.1`, and the oldest text of before is deleted.

    It stays the same file for who writes it, and for a terminal that follows it (`tail -f`). A line written in the
    moment between copying and emptying is lost; so is all of it when the disk is full, which makes room there.
    """
    with contextlib.suppress(OSError):
        if path.stat().st_size > LARGEST_OCTETS:
            with contextlib.suppress(OSError):
                _keep_copy(path)
            os.truncate(path, 0)


def _keep_copy(path):
    draft = _old(path, 0)
    try:
        shutil.copyfile(path, draft)
        shutil.copymode(path, draft)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    for number in reversed(range(OLD_ONES)):
        if _old(path, number).exists():
            _old(path, number).replace(_old(path, number + 1))


def _old(path, number):
    return path.with_name(f"{path.name}.{number}")
