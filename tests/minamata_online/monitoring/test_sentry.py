"""What a Sentry server gets of an error: enough to correct it, and nothing about people."""

import gzip
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.conf import settings

from minamata_online.monitoring.sentry import without_details
from tests.support import warm

KEY = "Taw_nf1GTmfBLcCWHT_NM50f"
# A database without tables breaks every personal page.
BREAK = f"""
import django
django.setup()
from django.core.management import call_command
from django.test import Client
call_command("collectstatic", verbosity=0, interactive=False)
client = Client(raise_request_exception=False)
client.cookies["sessionid"] = "secret-cookie"
client.get("/my/{KEY}/?mail=amina@example.net", headers={{"host": "localhost", "user-agent": "amina@example.net"}})
import sentry_sdk
sentry_sdk.flush(timeout=20)
"""


@pytest.fixture
def sentry():
    """A server that takes reports; `received` has their texts."""
    received = []

    class Takes(BaseHTTPRequestHandler):
        def do_POST(self):
            octets = self.rfile.read(int(self.headers["Content-Length"]))
            is_packed = self.headers.get("Content-Encoding") == "gzip"
            received.append((gzip.decompress(octets) if is_packed else octets).decode())
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Takes)
    server.received = received
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def run(dsn, folder):
    given = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    given |= {"SECRET_KEY": "k9-" * 20, "SITE_URL": "http://localhost", "DATABASE_URL": "sqlite://:memory:"}
    given |= {"DJANGO_SETTINGS_MODULE": "minamata_online.settings", "SENTRY_DSN": dsn, "STATIC_ROOT": str(folder)}
    return warm.run(["-c", BREAK], env=given)


def test_report_says_what_broke_and_not_whom_it_met(sentry, tmp_path):
    done = run(f"http://public@127.0.0.1:{sentry.server_port}/1", tmp_path)

    assert done.returncode == 0, done.stderr
    report = "".join(sentry.received)
    assert "OperationalError" in report
    assert "/my/(key)/" in report
    assert [secret for secret in (KEY, "amina@example.net", "secret-cookie") if secret in report] == []


def test_without_an_address_nothing_is_loaded():
    done = subprocess.run(
        [sys.executable, "-c", "from minamata_online import settings; import sys; print('sentry_sdk' in sys.modules)"],
        cwd=settings.BASE_DIR,
        env={name: os.environ[name] for name in ("PATH", "SECRET_KEY", "SITE_URL")},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "False\n"


def test_texts_at_any_depth_are_cleaned():
    event = {"exception": {"values": [{"value": f"no row for /join/{KEY}/ of amina@example.net"}]}, "user": {"id": 1}}

    cleaned = without_details(event, {})

    assert cleaned == {"exception": {"values": [{"value": "no row for /join/(key)/ of (address)"}]}, "request": {}}
