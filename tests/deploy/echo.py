"""A server behind a proxy that says what it was asked."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MATERIAL = "/seasons/2030/gold/files/1"


class Echo(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked.append(self.path)
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path.endswith("?cut"):
            self.close_connection = True
            return
        text = json.dumps(dict(self.headers)).encode()
        self.send_response(200)
        if self.path.startswith(MATERIAL):
            # As sessions/materials/downloads.py says it.
            self.send_header("X-Accel-Redirect", self.path.removeprefix(MATERIAL))
            self.send_header("Content-Type", "application/pdf")
            self.send_header("ETag", '"1"')
            self.send_header("Content-Security-Policy", "sandbox")
            text = b""
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_POST = do_GET

    def log_message(self, *args):
        pass


@contextmanager
def running():
    """On a port of its own; `asked` has the paths, in their order."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
