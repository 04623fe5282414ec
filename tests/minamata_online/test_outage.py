"""What people read while the database is away."""

import html
import re
from urllib.parse import urlencode

import pytest
from django.test import Client, RequestFactory

from minamata_online import outage
from tests.support.databases import NOBODY, asking

SIGN_UP = "/sign-up/2030/"
FIELD = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
TYPED = {
    "session": ["mercury-in-gold", "dental-amalgam"],
    "name": "Zoë <Zo> O’Brien & Söhne",
    "email": "zoe@example.org",
    "access_needs": 'Captions,\r\n"large" please',
    "submission": "form-1",
}
TOKEN = "a" * 32


@pytest.fixture(autouse=True)
def _database_is_away(django_db_blocker):
    with asking(django_db_blocker, **NOBODY):
        yield


@pytest.fixture
def visitor():
    """Comes back: with the cookies of a browser session, and of a message that was not shown yet."""
    client = Client(raise_request_exception=False)
    client.cookies.load({"sessionid": "a-session-of-before", "messages": "a-message", "csrftoken": TOKEN})
    return client


@pytest.mark.parametrize(
    "path",
    ["/", SIGN_UP, "/seasons/2030/calendar.ics", "/my/a-key/", "/join/a-key/", "/account/registrations/", "/admin/"],
)
def test_page_says_what_is_so_and_what_to_do(visitor, path):
    answer = visitor.get(path)

    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "20", "no-store")
    assert "Our database does not answer." in answer.text
    assert '<a class="button" href="">Try again</a>' in answer.text
    assert answer["Content-Security-Policy"]
    assert answer["Referrer-Policy"] == "strict-origin"


def test_form_is_kept_in_the_page_to_the_letter(visitor):
    answer = send(visitor, SIGN_UP, TYPED)

    assert answer.status_code == 503
    assert "What you typed is kept in this page" in answer.text
    assert fields(answer) == [("csrfmiddlewaretoken", TOKEN), *pairs(TYPED)]


def test_password_is_not_in_the_page(visitor):
    answer = send(visitor, "/staff/sign-in/", {"login": "owner", "password": "correct horse"})

    assert (answer.status_code, fields(answer)) == (503, [])
    assert "correct horse" not in answer.text


def test_what_no_page_can_hold_is_not_promised(visitor):
    # The test client sends it as a form with files.
    answer = visitor.post(SIGN_UP, TYPED)

    assert (answer.status_code, fields(answer)) == (503, [])
    assert "What you typed is kept" not in answer.text


def test_form_of_another_site_is_refused_as_ever():
    visitor = Client(enforce_csrf_checks=True, raise_request_exception=False)

    assert send(visitor, SIGN_UP, TYPED).status_code == 403


def test_fault_of_the_program_is_no_outage():
    try:
        raise ValueError
    except ValueError:
        answer = outage.server_error(RequestFactory().get("/"))

    assert (answer.status_code, answer.has_header("Retry-After")) == (500, False)


def send(visitor, path, form):
    """As a browser does."""
    body = urlencode([("csrfmiddlewaretoken", TOKEN), *pairs(form)])
    return visitor.post(path, body, content_type="application/x-www-form-urlencoded")


def pairs(form):
    return [(name, each) for name, value in form.items() for each in (value if isinstance(value, list) else [value])]


def fields(answer):
    return [(name, html.unescape(value)) for name, value in FIELD.findall(answer.text)]
