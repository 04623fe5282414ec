"""What people read while the database is away."""

import contextlib
import html
import os
import re
import sqlite3
from urllib.parse import urlencode

import psycopg2
import pytest
from django.db import OperationalError
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

    assert send(visitor, SIGN_UP, TYPED, origin="https://elsewhere.example").status_code == 403


@pytest.mark.parametrize(
    ("code", "can_be_read"), [("25006", True), ("53100", True), ("57P03", False), ("53300", False)]
)
def test_what_can_be_read_is_told_from_what_is_away(code, can_be_read):
    address = os.environ["DATABASE_URL"].rpartition("/")[0] + "/postgres"
    with (
        contextlib.closing(psycopg2.connect(address)) as connection,
        connection.cursor() as cursor,
        pytest.raises(psycopg2.Error) as raised,
    ):
        cursor.execute("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = %s; END $$", [code])
    error = OperationalError()
    error.__cause__ = raised.value

    assert outage.cannot_be_written(error) is can_be_read


def test_read_only_file_of_sqlite_is_an_outage(tmp_path):
    path = tmp_path / "a.sqlite3"
    sqlite3.connect(path).close()
    file = contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True))
    with file as connection, pytest.raises(sqlite3.OperationalError) as raised:
        connection.execute("CREATE TABLE new (id)")

    assert outage.cannot_be_written(OperationalError(*raised.value.args))


def test_fault_of_the_program_is_no_outage():
    try:
        raise ValueError
    except ValueError:
        answer = outage.server_error(RequestFactory().get("/"))

    assert (answer.status_code, answer.has_header("Retry-After")) == (500, False)


def send(visitor, path, form, origin="http://testserver"):
    """As a browser does."""
    body = urlencode([("csrfmiddlewaretoken", TOKEN), *pairs(form)])
    return visitor.post(path, body, content_type="application/x-www-form-urlencoded", headers={"Origin": origin})


def pairs(form):
    return [(name, each) for name, value in form.items() for each in (value if isinstance(value, list) else [value])]


def fields(answer):
    return [(name, html.unescape(value)) for name, value in FIELD.findall(answer.text)]
