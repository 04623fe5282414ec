"""A Valkey that reads its data from the disk after a start (-LOADING), or that takes its time for every answer."""

import socketserver
import threading
import time
from contextlib import contextmanager

LOADING = b"-LOADING Valkey is loading the dataset in memory\r\n"
ONE = b":1\r\n"
GREETING = b"%1\r\n+proto\r\n:3\r\n"


class _Loading(socketserver.BaseRequestHandler):
    seconds = 0

    def handle(self):
        # Each command is an array: a line that begins with a star.
        while octets := self.request.recv(65536):
            for command in (b"\r\n" + octets).split(b"\r\n*")[1:]:
                time.sleep(self.seconds)
                self.request.sendall(self.answer_to(command))

    def answer_to(self, command) -> bytes:
        return LOADING


class _Slow(_Loading):
    """Just so fast that no single answer is given up."""

    seconds = 0.3

    def answer_to(self, command) -> bytes:
        return GREETING if b"HELLO" in command else ONE


def loading_broker():
    return _served(_Loading)


def slow_broker():
    return _served(_Slow)


@contextmanager
def _served(kind):
    """Its address."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), kind) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"redis://127.0.0.1:{server.server_address[1]}/0"
        server.shutdown()
