"""A sign-up, a material and errors through nginx of Debian, TLS and the real site; and what nginx logs of them."""

import json
import os
import re
import ssl
import subprocess
import sys
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import quote, urlencode

import pytest
from django.urls import reverse

from registrations.models import Registration
from tests.deploy import echo, units
from tests.factories import OccurrenceFactory
from tests.operations.nginx import Nginx
from tests.support import workers
from tests.support.paths import ROOT
from tests.support.registrations.sign_up_form import typed
from tests.support.registrations.signing_up import register
from tests.support.servers import Guardian, free_port, signal_group, wait_until
from tests.support.sessions.uploads import PDF, material_with_file

pytestmark = [pytest.mark.operations, pytest.mark.django_db(transaction=True)]

HOST = "online.example.org"
NAMES = ["slides.pdf", "ртуть.pdf", "50%25 of it.pdf"]
FORM = "application/x-www-form-urlencoded"


class Visitor:
    """Somebody with a browser: cookies, and a page before the form."""

    def __init__(self, proxy):
        self._proxy, self._cookies = proxy, {}

    def ask(self, path, method="GET", body=None, **headers):
        """Status, headers and octets over TLS."""
        context = ssl._create_unverified_context()
        connection = HTTPSConnection("127.0.0.1", self._proxy.https, timeout=60, context=context)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        sent |= {"Host": HOST, "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie", []):
                name, _, rest = cookie.partition("=")
                self._cookies[name] = rest.partition(";")[0]
            return answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read()
        finally:
            connection.close()

    def send(self, path, fields):
        page = self.ask(path)[2].decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        body = urlencode(fields | {"csrfmiddlewaretoken": token}, doseq=True)
        return self.ask(
            path, "POST", body, Content_Type=FORM, Origin=f"https://{HOST}", Referer=f"https://{HOST}{path}"
        )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    (folder / "media").mkdir()
    return folder


@pytest.fixture(autouse=True)
def media(settings, folder):
    settings.MEDIA_ROOT = folder / "media"


@pytest.fixture(scope="module")
def web_port(folder, django_db_setup):
    """Of the web processes as deploy/systemd starts them, with the settings of its example."""
    port, log, guardian = free_port(), folder / "web.log", Guardian()
    command = [word.replace("127.0.0.1:8000", f"127.0.0.1:{port}") for word in units.command("minamata-web.service")]
    environment = settings_of_site(folder)
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input"]
    subprocess.run(collect, cwd=ROOT, env=environment, capture_output=True, check=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    guardian.watch(process)
    wait_until(lambda: log.read_text().count("Booting worker") == 2, process, log)
    yield port
    signal_group(process, 15)
    process.wait(timeout=40)
    guardian.dismiss()


def settings_of_site(folder) -> dict[str, str]:
    """Those of the example, on the servers of the tests; nobody has to wait before a form is sent."""
    servers = {"DATABASE_URL": workers._test_database_url(), "REDIS_URL": os.environ["REDIS_URL"]}
    folders = {"STATIC_ROOT": str(folder / "static"), "MEDIA_ROOT": str(folder / "media")}
    own = {"SECRET_KEY": "k9-" * 20, "SIGN_UP_SECONDS": "0", "PATH": os.environ["PATH"]}
    return units.settings() | servers | folders | own


@pytest.fixture(scope="module")
def proxy(folder, web_port):
    with Nginx(folder, web_port) as proxy:
        yield proxy


def test_person_signs_up_over_tls_and_opens_their_page_without_leaving_its_key_in_a_log(proxy):
    slot, visitor = OccurrenceFactory(), Visitor(proxy)
    path = reverse("sign_up:form", args=[slot.session.season.slug])

    status, headers, _page = visitor.send(path, typed(slot))

    assert (status, headers["location"].startswith("/")) == (302, True)
    key = Registration.objects.get().participant.key
    status, headers, page = visitor.ask(f"/my/{key}/?from={key}", Referer=f"https://{HOST}/my/{key}/")
    assert (status, b"Amina Otieno" in page) == (200, True)
    assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains; preload"
    assert re.search(r" GET 200 \d+ \S+ upstream=200 id=" + headers["x-request-id"], proxy.logs())
    assert_no_key(proxy, key)


def assert_no_key(proxy, key):
    assert key not in proxy.logs()
    assert "/my/" not in proxy.logs()


def test_plain_http_leads_to_tls_without_leaving_the_key_in_a_log(proxy):
    [registration] = register(OccurrenceFactory())
    key = registration.participant.key
    connection = HTTPConnection("127.0.0.1", proxy.http, timeout=30)
    connection.request("GET", f"/my/{key}/", headers={"Host": HOST})
    answer = connection.getresponse()

    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}/my/{key}/")
    connection.close()
    assert_no_key(proxy, key)


@pytest.mark.parametrize("name", NAMES)
def test_material_comes_from_nginx_whole_and_in_part(proxy, name):
    material, visitor = material_with_file(name), Visitor(proxy)
    session = material.session
    stored = material.file.name.rpartition("/")[2]
    path = reverse("sessions:material_file", args=[session.season.slug, session.slug, material.pk, stored])

    status, headers, octets = visitor.ask(path)
    part = visitor.ask(path, Range="bytes=0-3", If_Range=headers["etag"])
    known = visitor.ask(path, If_None_Match=headers["etag"])

    assert (status, octets, part[0], part[2], known[0]) == (200, PDF, 206, PDF[:4], 304)
    assert part[1]["content-range"] == f"bytes 0-3/{len(PDF)}"
    assert headers["content-type"] == "application/pdf"
    assert headers["content-disposition"].startswith("attachment; filename")
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert headers["cache-control"] == "public, max-age=3600"
    assert known[1]["etag"] == part[1]["etag"] == headers["etag"]
    assert "x-accel-redirect" not in headers


def test_material_has_the_headers_that_the_application_gives(proxy, web_port):
    material = material_with_file(language="fr")
    session, name = material.session, material.file.name.rpartition("/")[2]
    path = reverse("sessions:material_file", args=[session.season.slug, session.slug, material.pk, name])
    direct = HTTPConnection("127.0.0.1", web_port, timeout=30)
    direct.request("GET", path, headers={"Host": HOST, "X-Forwarded-Proto": "https"})
    given = {name.lower(): value for name, value in direct.getresponse().headers.items()}
    direct.close()

    shown = Visitor(proxy).ask(path)[1]

    # Of the connection, of the whole answer, or made anew by nginx.
    own = {"server", "date", "connection", "content-length", "x-accel-redirect", "x-request-id"}
    assert {name: shown.get(name) for name in given.keys() - own} == {name: given[name] for name in given.keys() - own}


@pytest.mark.parametrize(
    "path", ["/_media/", "/_media/2030/slides.pdf", "/_media/..%2f..%2fweb.log", "/static/../web.log"]
)
def test_nobody_opens_the_place_of_the_files(proxy, path):
    assert Visitor(proxy).ask(path)[0] in (400, 404)


def test_static_files_come_from_nginx(proxy):
    visitor = Visitor(proxy)
    [style] = [part for part in visitor.ask("/privacy/")[2].decode().split('"') if part.startswith("/static/css/site.")]

    plain, packed = visitor.ask(style), visitor.ask(style, Accept_Encoding="gzip")

    assert plain[1]["cache-control"] == "public, max-age=31536000, immutable"
    assert (packed[1].get("content-encoding"), len(packed[2]) < len(plain[2])) == ("gzip", True)
    assert visitor.ask("/static/none.css")[0] == 404


@pytest.mark.parametrize(
    ("path", "megabytes", "status"),
    [("/my/send-link/", 0.9, 403), ("/my/send-link/", 1.2, 413), ("/admin/x/", 50, 302), ("/admin/x/", 56, 413)],
)
def test_forms_are_limited_and_materials_of_staff_pass(proxy, path, megabytes, status):
    assert Visitor(proxy).ask(path, "POST", b"x" * int(megabytes * 1024 * 1024))[0] == status


@pytest.fixture
def echo_port():
    with echo.running() as server:
        yield server.server_port


def test_application_hears_of_the_address_that_nginx_saw_and_of_no_other(tmp_path, echo_port):
    with Nginx(tmp_path, echo_port) as proxy:
        forged = {"X_Forwarded_For": "192.0.2.9", "X_Forwarded_Proto": "http", "X_Request_ID": "forged-by-somebody"}
        heard = json.loads(Visitor(proxy).ask("/", **forged)[2])

    assert (heard["X-Forwarded-For"], heard["X-Forwarded-Proto"], heard["Host"]) == ("127.0.0.1", "https", HOST)
    assert re.fullmatch("[0-9a-f]{32}", heard["X-Request-ID"])


def test_state_of_the_site_is_told_to_this_machine(proxy):
    status, _headers, text = Visitor(proxy).ask("/readyz")

    assert (status, text.startswith(b"database: ok\n")) in [(200, True), (503, True)]


@pytest.mark.parametrize(("watchers", "status"), [(["192.0.2.10"], 403), (["192.0.2.10", "127.0.0.1"], 200)])
def test_state_of_the_site_is_told_to_named_watchers_and_to_no_stranger(watchers, status, tmp_path):
    paths = ["/readyz", "//readyz", "/x/../readyz", "/%72eadyz"]
    with echo.running() as backend, Nginx(tmp_path, backend.server_port, watchers=watchers) as proxy:
        answers = [Visitor(proxy).ask(path)[0] for path in paths]
        others = [Visitor(proxy).ask(path)[0] for path in ("/", "/healthz")]

    assert (answers, others) == ([status] * 4, [200, 200])
    assert status == 200 or backend.asked == ["/", "/healthz"]


def test_no_error_leaves_a_key_in_a_log(tmp_path_factory, echo_port):
    key = "s3cret-Key_of-144-bits00"
    with (
        Nginx(tmp_path_factory.mktemp("first"), free_port()) as dead,
        Nginx(tmp_path_factory.mktemp("second"), echo_port) as cut,
    ):
        nobody, somebody = Visitor(dead), Visitor(cut)
        answers = [
            nobody.ask(f"/my/{key}/", Referer=f"https://{HOST}/my/{key}/")[0],
            nobody.ask(f"/my/{key}/", "POST", b"x" * 1_200_000)[0],
            nobody.ask(f"/static/my/{key}/")[0],
            nobody.ask(f"/my/{key}/{quote('é') * 3000}")[0],
            nobody.ask(f"/my/{key}/%00")[0],
            somebody.ask(f"/my/{key}/?cut")[0],
        ]
        assert answers == [502, 413, 502, 414, 400, 502]
        assert " GET 502 " in dead.logs()
        assert " POST 413 " in dead.logs()
        for proxy in (dead, cut):
            assert_no_key(proxy, key)
