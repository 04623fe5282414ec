"""Requests that no browser sends get our page that says so, with the headers of every other page."""

from io import BytesIO
from wsgiref.util import setup_testing_defaults

import pytest
from django.test import Client

from minamata_online.handler import Handler
from tests.factories import OccurrenceFactory
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db
# The handler of the server closes the connection that the other tests hold open around each.
IN_TRANSACTIONS = pytest.mark.django_db(transaction=True)

LINES, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
END = b"--x--\r\n"
FORM = PART % (b"name", b"Amina") + END
MANY_LINES = b"&".join(b"k%d=1" % number for number in range(3_000))
MANY_PARTS = b"".join(PART % (b"k%d" % number, b"1") for number in range(3_000)) + END
MANY_FILES = MANY_PARTS.replace(b"\r\n\r\n", b'; filename="a"\r\n\r\n')
HUGE = b"a" * 3_000_000

UNREADABLE = {
    "UTF-16": (LINES + "; charset=utf-16", b"name=Amina", {}),
    "Latin 1": (LINES + "; charset=iso-8859-1", b"name=Amina", {}),
    "parts in UTF-16": (PARTS + "; charset=utf-16", FORM, {}),
    "parts in no charset": (PARTS + "; charset=hex", FORM, {}),
    "parts in a charset for domains": (PARTS + "; charset=idna", FORM, {}),
    "parts in a charset that always fails": (PARTS + "; charset=undefined", FORM, {}),
    "JSON in UTF-16": ("application/json; charset=utf-16", b"{}", {}),
    "no boundary": ("multipart/form-data", FORM, {}),
    "long boundary": ("multipart/form-data; boundary=" + "x" * 300, FORM, {}),
    "boundary beyond ASCII": ("multipart/form-data; boundary=\xff", FORM, {}),
    "many fields": (LINES, MANY_LINES, {}),
    "many parts": (PARTS, MANY_PARTS, {}),
    "many files": (PARTS, MANY_FILES, {}),
    "huge line": (LINES, b"name=" + HUGE, {}),
    "huge part": (PARTS, PART % (b"name", HUGE) + END, {}),
    "length that is no number": (LINES, b"name=Amina", {"CONTENT_LENGTH": "abc"}),
    "length in other digits": (LINES, b"name=Amina", {"CONTENT_LENGTH": "\u0661\u0660"}),
    "negative length": (LINES, b"name=Amina", {"CONTENT_LENGTH": "-1"}),
    "endless length": (LINES, b"name=Amina", {"CONTENT_LENGTH": "9" * 30}),
    "foreign host": (LINES, b"name=Amina", {"HTTP_HOST": "evil.example"}),
    "foreign host and UTF-16": (LINES + "; charset=utf-16", b"name=Amina", {"HTTP_HOST": "evil.example"}),
}
OUR_HEADERS = {
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "X-Request-ID",
}


@pytest.fixture
def visitor():
    """With the cookie of a form, as whoever sends one."""
    client = Client(enforce_csrf_checks=True)
    client.get("/my/send-link/")
    return client


@pytest.mark.parametrize("case", UNREADABLE)
@pytest.mark.parametrize("path", first_always(["/my/send-link/", "/sign-up/2020/", "/staff/sign-in/", "/nothing/"]))
def test_request_that_cannot_be_read_gets_our_page_and_our_headers(visitor, case, path):
    OccurrenceFactory(session__season__slug="2020")
    content_type, body, environ = UNREADABLE[case]

    answer = visitor.generic("POST", path, body, content_type=content_type, **environ)

    assert 400 <= answer.status_code < 500
    assert 'href="/"' in answer.text
    assert OUR_HEADERS - set(answer.headers) == set()


def answer_of_the_server(method, path, body=b"", **more):
    """Of the handler that the server runs; Django's client for tests makes its requests in another way."""
    path, _mark, query = path.partition("?")
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "testserver"}
    environ |= {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))} | more
    setup_testing_defaults(environ)
    started = []
    octets = b"".join(Handler()(environ, lambda *args: started.append(args)))
    [(status, headers)] = started
    return int(status[:3]), dict(headers), octets


@IN_TRANSACTIONS
@pytest.mark.parametrize(
    "charset",
    first_always(
        ["charset=utf-16", "charset=hex", "charset=idna", "charset=undefined", "charset*=no-such''x", "a*1*;a*=''"]
    ),
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_charset_in_which_nothing_can_be_read_is_refused_by_the_server(method, charset):
    status, headers, page = answer_of_the_server(
        method, "/account/sign-in/?next=%ff", CONTENT_TYPE=f"{LINES}; {charset}"
    )

    assert (status, b'href="/"' in page) == (400, True)
    assert OUR_HEADERS - set(headers) == set()


@IN_TRANSACTIONS
def test_query_of_a_thousand_fields_is_no_fault_of_the_server():
    many = "&".join(["a=1"] * 5_000)

    status, headers, _page = answer_of_the_server("GET", f"/?{many}", CONTENT_TYPE="text/plain; charset=utf-8")

    assert status in (200, 400)
    assert OUR_HEADERS - set(headers) == set()


@IN_TRANSACTIONS
@pytest.mark.parametrize("charset", ["utf-8", "UTF8", "us-ascii", "no-such-charset"])
def test_form_of_a_program_that_names_our_charset_in_its_own_way_is_read(charset):
    token = "t" * 32
    sent = f"email=amina%40example.org&csrfmiddlewaretoken={token}".encode()

    status, headers, _page = answer_of_the_server(
        "POST",
        "/my/send-link/",
        sent,
        CONTENT_TYPE=f"{LINES}; charset={charset}",
        HTTP_COOKIE=f"csrftoken={token}",
    )

    assert (status, headers["Location"]) == (302, "/my/send-link/sent/")


@pytest.mark.parametrize("environ", [{"SCRIPT_NAME": "/evil"}, {"SCRIPT_URL": "/evil/my/send-link/"}])
def test_no_proxy_says_where_our_links_lead(client, environ):
    plain = client.get("/my/send-link/")

    answer = client.get("/my/send-link/", **environ)

    assert answer.status_code == 200
    assert "evil" not in answer.text
    assert answer.text.count("/my/send-link/") == plain.text.count("/my/send-link/")
