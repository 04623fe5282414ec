"""Free ports on this machine, and how to keep one."""

import errno
import socket
from collections.abc import Iterator

ADDRESSES = [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")]
NO_SUCH_ADDRESS = {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}
HIGHEST = 65535


def candidates(preferred) -> range:
    return range(preferred, min(preferred + 100, HIGHEST + 1))


def hold(preferred) -> socket.socket:
    """A socket that listens at `preferred` or at the next port that is free: from now on nobody else gets it.

    `localhost` may mean either address, so both must be free.
    """
    for port in candidates(preferred):
        if _is_free(socket.AF_INET6, "::1", port) and (listener := _listening(port)):
            return listener
    raise OSError(f"No free port from {preferred} to {candidates(preferred)[-1]}")


def free(preferred) -> Iterator[int]:
    """The ports from `preferred` on that nobody has at this moment; another may be faster."""
    return (port for port in candidates(preferred) if all(_is_free(*address, port) for address in ADDRESSES))


def claim(port) -> socket.socket | None:
    """A socket by which other servers of ours leave `port` alone, also while who listens there starts again.

    It is of UDP, so the port of TCP stays free for a program that cannot take an open socket.
    """
    claim = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        claim.bind(("127.0.0.1", port))
    except OSError:
        claim.close()
        return None
    return claim


def _listening(port) -> socket.socket | None:
    listener = socket.socket(socket.AF_INET)
    try:
        # Without it, connections of the last run that the system still remembers would move a restart elsewhere.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(128)
    except OSError:
        listener.close()
        return None
    return listener


def _is_free(family, address, port) -> bool:
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
    except OSError as error:
        return error.errno in NO_SUCH_ADDRESS
    return True
