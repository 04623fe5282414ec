"""Free ports on this machine."""

import errno
import socket

ADDRESSES = [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")]
NO_SUCH_ADDRESS = {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}


def choose(preferred) -> int:
    """`preferred`, or the next port that is free: `localhost` may mean either address, so both are asked."""
    for port in range(preferred, preferred + 100):
        if all(_is_free(family, address, port) for family, address in ADDRESSES):
            return port
    raise OSError(f"No free port from {preferred} to {preferred + 99}")


def _is_free(family, address, port) -> bool:
    try:
        with socket.socket(family) as probe:
            # Without it, connections of the last run that the system still remembers would move a restart elsewhere.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
    except OSError as error:
        return error.errno in NO_SUCH_ADDRESS
    return True
