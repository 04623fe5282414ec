"""What a running script/server says and has started."""

import urllib.request
from pathlib import Path

import pytest


def printed_at_start(server) -> str:
    lines = []
    for line in server.stdout:
        lines.append(line)
        if "Ctrl-C" in line:
            return "".join(lines)
    pytest.fail("".join(lines), pytrace=False)


def children(server) -> set[str]:
    return set(Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split())


def is_well(site) -> bool:
    """Whether web, broker, worker and beat say that they live."""
    try:
        urllib.request.urlopen(f"{site}readyz")
    except OSError:
        return False
    return True
