"""A null byte, which PostgreSQL does not store, in each part of each address and in each field of each form."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.contrib import admin
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver

from registrations.models import Registration
from tests.sessions.staff import test_access as desk
from tests.support import site_map
from tests.support.page_forms import forms_in
from tests.support.site_map import OWNER, STRANGER, opened_by

pytestmark = pytest.mark.django_db
NULL = "a\0b"
COOKIES = [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, "zone", "messages"]
ASKED = re.compile(r"""\.GET(?:\.get|\.getlist)?[(\[]\s*"(\w+)"|"(\w+)" (?:not )?in request\.GET""")
LISTS = ["q", "o", "p", "e", "all", "_facets", "_popup", "_to_field", "_changelist_filters"]


@pytest.fixture
def rows():
    return site_map.one_of_everything()


@pytest.fixture
def clients(rows):
    clients = site_map.everybody(rows)
    for client in clients.values():
        client.raise_request_exception = False
    return clients


@pytest.fixture
def desk_addresses():
    rows = desk.one_of_everything()
    return [desk.address(name, rows) for name in desk.TABLE]


def faults(answers) -> dict:
    return {what: answer.status_code for what, answer in answers.items() if answer.status_code >= 500}


def with_a_null(text, values):
    """The address once for each of its variable parts, which has a null byte, while the others are right."""
    parts = re.findall(r"<(?:\w+:)?(\w+)>", text)
    for broken in parts:
        right = {part: quote(str(values.get(part, "1"))) for part in parts} | {broken: "a%00b"}
        yield "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found, right=right: right[found[1]], text)


def texts_of_the_desk(patterns=None, before="admin/"):
    for pattern in admin.site.get_urls() if patterns is None else patterns:
        text = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from texts_of_the_desk(pattern.url_patterns, text)
        elif "(?P" not in text:
            yield text


def test_in_each_part_of_each_address(clients, rows):
    keys = site_map.keys_of(rows)
    paths = [
        path
        for name, text in site_map.routes().items()
        for path in with_a_null(text, rows["values"] | {"key": keys.get(site_map.KEYED.get(name))})
    ]

    assert len(paths) > 40
    assert faults({path: clients[STRANGER].get(path) for path in paths}) == {}
    assert faults({path: clients[STRANGER].post(path) for path in paths}) == {}


def test_in_each_part_of_each_address_of_the_desk(clients):
    paths = [path for text in texts_of_the_desk() for path in with_a_null(text, {})]

    assert len(paths) > 30
    assert faults({path: clients[OWNER].get(path) for path in [*paths, "/admin/%00/", "/admin/auth%00/"]}) == {}


def asked_for() -> list[str]:
    """The names that the code looks for in the query of an address."""
    files = [path for app in ("sessions", "registrations") for path in Path(settings.BASE_DIR, app).rglob("*.py")]
    return sorted({name for file in files for found in ASKED.findall(file.read_text()) for name in found if name})


def filters_of(path) -> list[str]:
    """The names in the query by which a list of the desk filters."""
    model = get_resolver().resolve(path).func
    filters = getattr(getattr(model, "model_admin", None), "list_filter", ())
    named = [getattr(one, "parameter_name", None) or (one if isinstance(one, str) else one[0]) for one in filters]
    return [*named, *(f"{name}__exact" for name in named), *(f"{name}__gte" for name in named)]


def test_in_each_question_of_each_address(clients, rows):
    names = [*asked_for(), "next", "x%00y"]
    assert {"season", "session", "stream", "still", "batch", "next"} < set(names)
    paths = [opened_by(rows, name) for name in site_map.routes()]

    answers = {(path, name): clients[STRANGER].get(f"{path}?{name}=a%00b") for path in paths for name in names}

    assert faults(answers) == {}


def test_in_each_question_of_each_address_of_the_desk(clients, desk_addresses):
    names = [*asked_for(), *LISTS, "next"]

    answers = {
        (path, name): clients[OWNER].get(f"{path}?{name}=a%00b")
        for path in desk_addresses
        for name in [*names, *filters_of(path)]
    }

    assert faults(answers) == {}


@pytest.mark.parametrize("value", ["a%00b", "a\\000b", '"\\000"'])
def test_in_each_cookie(clients, rows, value):
    for name in site_map.routes():
        for cookie in COOKIES:
            visitor = Client(raise_request_exception=False, headers={"Cookie": f"{cookie}={value}"})
            assert visitor.get(opened_by(rows, name)).status_code < 500, (name, cookie)


def broken_forms(client, addresses):
    """Each form of each page, once for each of its fields, which has a null byte."""
    pages = {path: client.get(path) for path in addresses}
    forms = [
        form for path, page in pages.items() if "html" in page["Content-Type"] for form in forms_in(page.text, path)
    ]
    for form in {(form.action, *form.names): form for form in forms if form.method == "post"}.values():
        for name in form.names:
            yield form.action, name, form.values | {name: NULL}


def test_in_each_field_of_each_form(clients, rows):
    sent = list(broken_forms(clients[STRANGER], [opened_by(rows, name) for name in site_map.routes()]))

    answers = {}
    for action, name, values in sent:
        cache.clear()
        answers[action, name] = clients[STRANGER].post(action, values)

    assert faults(answers) == {}
    assert {"name", "email", "consent", "person-0-name", "zone", "confirm", "code"} & {name for _, name, _ in sent}
    assert not Registration.objects.filter(participant__name__contains="b", participant__name__startswith="a").exists()


def test_in_each_field_of_each_form_of_staff(clients, rows):
    pages = [opened_by(rows, name) for name in site_map.routes() if name.startswith(("mfa_", "account_"))]

    answers = {
        (action, name): clients["Viewer"].post(action, values)
        for action, name, values in broken_forms(clients["Viewer"], pages)
        if "sign-out" not in action
    }

    assert len(answers) > 5
    assert faults(answers) == {}


def test_in_each_field_of_each_form_of_the_desk(clients, desk_addresses):
    sent = list(broken_forms(clients[OWNER], desk_addresses))

    answers = {
        (action, name): clients[OWNER].post(action, values)
        for action, name, values in sent
        if "sign-out" not in action and "logout" not in action
    }

    assert len(answers) > 100
    assert faults(answers) == {}
