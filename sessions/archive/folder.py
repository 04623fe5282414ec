"""An archive as a folder: whole, or not there at all."""

import errno
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from pathlib import Path

from sessions.archive.exceptions import CannotArchive
from sessions.archive.making import DATA, MANIFEST, Making
from sessions.clocks import dates

# How many files that are no archive's are named.
NAMED = 3


def write(making: Making, folder: Path):
    """Into a folder that is not there or is empty, or in the place of an older archive of the same season.

    Raises CannotArchive, and leaves what was there as it was.
    """
    folder = folder.resolve()
    partial = folder.with_name(f".{folder.name}.partial")
    with in_sentences(folder):
        _require_free(folder, making.archive.season.slug)
        shutil.rmtree(partial, ignore_errors=True)
        try:
            partial.mkdir(parents=True)
            for entry in making.entries():
                _write(partial / entry.path, entry.content, making.archive.day)
            _put_in_place(partial, folder)
        finally:
            shutil.rmtree(partial, ignore_errors=True)


@contextmanager
def in_sentences(target) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise CannotArchive(f"The disk of {target} is full: nothing was kept of the archive.") from None
        raise CannotArchive(f"{error.filename or target}: {error.strerror}. Nothing was kept of the archive.") from None


def _write(path, content, day):
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "wb") as file:
        for chunk in content:
            file.write(chunk)
    seconds = datetime.combine(day, time(), UTC).timestamp()
    os.utime(path, (seconds, seconds))


def _put_in_place(partial, folder):
    older = folder.with_name(f".{folder.name}.older")
    shutil.rmtree(older, ignore_errors=True)
    if folder.exists():
        folder.rename(older)
    try:
        partial.rename(folder)
    except OSError:
        if older.exists():
            older.rename(folder)
        raise
    shutil.rmtree(older, ignore_errors=True)


def _require_free(folder, slug):
    """Raises CannotArchive for a folder with anything else in it than an older archive of the season."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise CannotArchive(f"{folder} is a file: name a folder, or add --zip.")
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}
    others = sorted(there - _listed(folder, slug))
    if others:
        names = dates.listed(others if len(others) <= NAMED else [*others[:NAMED], "others"])
        raise CannotArchive(f"{folder} has files that are of no archive of this season: {names}. Name an empty folder.")


def _listed(folder, slug) -> set[str]:
    """The files of an archive of this season, as it lists them itself; empty where there is none."""
    try:
        of = json.loads((folder / DATA).read_text(encoding="utf-8"))["season"]["slug"]
        lines = (folder / MANIFEST).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {MANIFEST, *(line.partition("  ")[2] for line in lines)} if of == slug else set()
