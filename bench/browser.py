"""A client that asks as browsers do: one connection kept open, cookies, compressed answers, redirects followed."""

import gzip
import http.client
import re
from http.cookies import SimpleCookie
from urllib.parse import urlencode

HEADERS = {"Accept": "text/html", "Accept-Encoding": "gzip", "User-Agent": "bench"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Answer:
    def __init__(self, response, octets):
        self.status, self.headers, self.weight = response.status, response.headers, len(octets)
        self._octets = octets

    @property
    def text(self) -> str:
        octets = self._octets
        return (gzip.decompress(octets) if self.headers.get("Content-Encoding") == "gzip" else octets).decode()

    def hidden(self, name) -> str:
        """The value of a hidden field of the page."""
        return re.search(rf'name="{name}" value="([^"]*)"', self.text)[1]


class Browser:
    """`requests` counts what was sent; a server that closed an idle connection is asked again."""

    def __init__(self, port, *, zone="Africa/Nairobi"):
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookies = {"zone": zone.replace("/", "%2F")}
        self.requests = 0

    def get(self, path, **headers) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path, fields) -> Answer:
        origin = f"http://127.0.0.1:{self._connection.port}"
        return self._ask("POST", path, urlencode(fields, doseq=True), FORM | {"Origin": origin})

    def close(self):
        self._connection.close()

    def _ask(self, method, path, body, headers) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = HEADERS | {"Cookie": cookies} | {k.replace("_", "-"): v for k, v in headers.items()}
        try:
            return self._once(method, path, body, headers)
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self._connection.close()
            return self._once(method, path, body, headers)

    def _once(self, method, path, body, headers) -> Answer:
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        self.requests += 1
        for line in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return Answer(response, response.read())
