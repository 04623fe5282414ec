"""What the site under test says to those who watch it."""

import re
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.support import alarms

# Its room is that of the machine of the tests.
OF_THE_DISK = {"MediaDiskNearlyFull"}


def readyz(servers) -> list[str]:
    return _lines(servers, "/readyz")


def metrics(servers) -> dict[str, float]:
    """Each sample by its name and label."""
    samples = (line.rsplit(" ", 1) for line in _lines(servers, "/metrics") if not line.startswith("#"))
    return {name: float(number) for name, number in samples}


def faults(servers) -> list[str]:
    """The lines of /readyz that are not well, without numbers."""
    return [re.sub(r"\d+ s\b", "N s", line) for line in readyz(servers) if not line.endswith("ok")]


def ringing(servers, before=None) -> set[str]:
    """The alarms of deploy/prometheus, for /metrics at this moment; counts are compared with those of `before`."""
    try:
        now = metrics(servers)
    except OSError:
        now = {alarms.ANSWERS: 0}
    return alarms.ringing(now, before) - OF_THE_DISK


def _lines(servers, path) -> list[str]:
    request = Request(f"http://127.0.0.1:{servers.port}{path}", headers={"Host": "localhost"})
    try:
        with urlopen(request, timeout=20) as answer:
            return answer.read().decode().splitlines()
    except HTTPError as refused:
        return refused.read().decode().splitlines()
