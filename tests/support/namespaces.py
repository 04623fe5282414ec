"""Beginnings of command lines: as an ordinary user, or with a small disk in the place of var/."""

import os
import subprocess

import pytest

ORDINARY = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
ALONE = ["unshare", "--user", "--map-root-user", "--mount"]
MOUNT = 'mkdir -p var && mount -t tmpfs -o size="$0" tmpfs var && exec "$@"'


def as_ordinary_user() -> list[str]:
    """Root may write everywhere: in a namespace of its own it is somebody else, whose files these are."""
    return [] if os.getuid() else _usable(ORDINARY)


def on_disk_of(size) -> list[str]:
    """With var/ on a disk in memory, which is gone with the command."""
    return [*_usable(ALONE), "sh", "-c", MOUNT, size]


def _usable(prefix):
    try:
        subprocess.run([*prefix, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip(f"This system does not allow `{' '.join(prefix)}`.")
    return prefix
