"""A disk in memory that only one process and who enters its namespace see, so that filling it needs no rights."""

import subprocess

import pytest

IN_OWN_NAMESPACE = ["unshare", "--user", "--map-root-user", "--mount"]
# "$0" is the folder, "$@" what runs there.
MOUNT = 'mount -t tmpfs -o size={size} tmpfs "$0" && exec '


def require(folder):
    attempt = [*IN_OWN_NAMESPACE, "mount", "-t", "tmpfs", "tmpfs", str(folder)]
    if subprocess.run(attempt, capture_output=True).returncode:
        pytest.skip("a disk that is full needs user namespaces, which this machine does not allow")


def prefix(folder, *, size, command='"$@"') -> list[str]:
    """What to put before a command so that it has such a disk at `folder`."""
    return [*IN_OWN_NAMESPACE, "sh", "-c", MOUNT.format(size=size) + command, str(folder)]
