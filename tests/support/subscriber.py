"""A calendar program that subscribed to a feed: it speaks HTTP itself and keeps what it got."""

import gzip
from http.client import HTTPConnection
from urllib.parse import urlsplit


class Subscriber:
    """Looks at one address again and again; `look` gives status, headers and the octets, decompressed."""

    def __init__(self, url, *, encoding="identity", ask_by="ETag"):
        self._address = urlsplit(url)
        self._encoding = encoding
        self._validator = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}[ask_by], ask_by
        self._known = {}
        self.octets = b""

    def look(self):
        """As programs do: with what the last answer gave; returns the status."""
        status, headers, octets = fetch(self._address, {"Accept-Encoding": self._encoding, **self._known})
        if status == 200:
            question, validator = self._validator
            self._known = {question: headers[validator]}
            self.octets = octets
        return status


def fetch(address, headers=(), method="GET"):
    """Status, headers and octets; nothing is sent that is not named, not even Accept."""
    if isinstance(address, str):
        address = urlsplit(address)
    connection = HTTPConnection(address.hostname, address.port, timeout=60)
    connection.putrequest(method, address.path, skip_accept_encoding=True)
    for name, value in dict(headers).items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    octets = answer.read()
    connection.close()
    if answer.headers["Content-Encoding"] == "gzip" and octets:
        octets = gzip.decompress(octets)
    return answer.status, answer.headers, octets
