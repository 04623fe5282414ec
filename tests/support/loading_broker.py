"""A Valkey that reads its data from the disk after a start: it answers every question with -LOADING."""

import socketserver
import threading
from contextlib import contextmanager

ANSWER = b"-LOADING Valkey is loading the dataset in memory\r\n"


class _Loading(socketserver.BaseRequestHandler):
    def handle(self):
        # Each command is an array: a line that begins with a star.
        while octets := self.request.recv(65536):
            self.request.sendall(ANSWER * (b"\r\n" + octets).count(b"\r\n*"))


@contextmanager
def loading_broker():
    """Its address."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Loading) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"redis://127.0.0.1:{server.server_address[1]}/0"
        server.shutdown()
