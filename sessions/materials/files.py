"""Files of materials on disk: plain names for them, and removing them once a deletion is committed."""

import re
import unicodedata
from functools import partial
from pathlib import PurePath

from django.db import transaction

LONGEST_NAME_OCTETS = 120


def plain_name(name: str, instead: str) -> str:
    """A name that every file system takes: letters of any script, not too long, with its last extension.

    `instead` is used where nothing is left of the name.
    """
    path = PurePath(unicodedata.normalize("NFC", name))
    kept = re.sub(r"[^-\w.]+", "_", path.stem).strip("._-")
    # A file system counts octets, and a letter of some scripts takes four of them.
    short = kept.encode()[:LONGEST_NAME_OCTETS].decode(errors="ignore")
    return (short or instead) + path.suffix.lower()


def discard_after_commit(materials):
    """Remove the files of these materials from disk once the change around it is committed."""
    for material in materials:
        if material.file:
            discard_file_after_commit(material.file)


def discard_file_after_commit(file):
    # The row may still come back with a rollback; its file would not.
    transaction.on_commit(partial(file.storage.delete, file.name), robust=True)
