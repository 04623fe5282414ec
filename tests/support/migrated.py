"""Databases after all migrations, made once for each state of them and kept in var/."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from tests.support.paths import ROOT

# The databases of the tests begin as copies of it.
DATABASE = "migrated"
KEPT = ROOT / "var" / "migrated"


@contextmanager
def alone():
    """Other processes of the tests wait: the first one makes the cluster, and they copy it."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def kept(binaries) -> Path:
    """The folder of the cluster for this PostgreSQL; absent if something has changed that decides about tables."""
    files = [*ROOT.glob("requirements*.txt"), *ROOT.glob("*/migrations/*.py")]
    text = b"".join(str(file.relative_to(ROOT)).encode() + file.read_bytes() for file in sorted(files))
    return KEPT / hashlib.sha256(str(binaries).encode() + text).hexdigest()[:20]


def keep(cluster, folder):
    """Instead of the one before; whoever is interrupted leaves none."""
    for older in KEPT.iterdir():
        if older.is_dir():
            shutil.rmtree(older)
    new = KEPT / "new"
    shutil.copytree(cluster, new)
    new.rename(folder)


def sqlite_file() -> Path:
    """To be copied: no row of ours is in it."""
    with alone():
        file = kept("SQLite").with_suffix(".sqlite3")
        if not file.exists():
            for older in KEPT.glob("*.sqlite3*"):
                older.unlink()
            new = KEPT / "new.sqlite3"
            migrate(f"sqlite:///{new}")
            new.rename(file)
    return file


def template() -> str:
    """The database to begin a copy with, on the server of the tests; one that was given has none with tables."""
    return "template1" if "TEST_DATABASE_URL" in os.environ else DATABASE


def migrate(address):
    command = [sys.executable, "manage.py", "migrate", "--no-input"]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"DATABASE_URL": address}, check=True, stdout=subprocess.DEVNULL)
