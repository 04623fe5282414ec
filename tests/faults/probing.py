"""What the site under test says to those who watch it."""

from urllib.error import HTTPError
from urllib.request import Request, urlopen


def readyz(servers) -> list[str]:
    return _lines(servers, "/readyz")


def metrics(servers) -> dict[str, float]:
    """Each sample by its name and label."""
    samples = (line.rsplit(" ", 1) for line in _lines(servers, "/metrics") if not line.startswith("#"))
    return {name: float(number) for name, number in samples}


def _lines(servers, path) -> list[str]:
    request = Request(f"http://127.0.0.1:{servers.port}{path}", headers={"Host": "localhost"})
    try:
        with urlopen(request, timeout=20) as answer:
            return answer.read().decode().splitlines()
    except HTTPError as refused:
        return refused.read().decode().splitlines()
