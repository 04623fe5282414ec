"""A null byte, which PostgreSQL does not store, in each part of each address and in each field of each form.

Each rule is held twice: with all questions, cookies or fields of one request at once, and thoroughly, each alone.
"""

import re
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.contrib import admin
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver

from registrations.models import Registration
from tests.support import site_map
from tests.support.page_forms import forms_in
from tests.support.sessions import staff_addresses as desk
from tests.support.site_map import OWNER, STRANGER, opened_by
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db
ALL_AT_ONCE = pytest.param(lambda names: [list(names)], id="all at once")
EACH_ALONE = pytest.param(lambda names: [[name] for name in names], id="each alone", marks=pytest.mark.thorough)
one_request_for = pytest.mark.parametrize("grouped", [ALL_AT_ONCE, EACH_ALONE])
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
    statuses = {what: answer.status_code for what, answer in answers.items()}
    return {
        what: status
        for what, status in statuses.items()
        if site_map.is_a_fault(what if isinstance(what, str) else what[0], status)
    }


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


def answers_to(client, path, groups) -> dict:
    return {(path, *names): client.get(f"{path}?{urlencode(dict.fromkeys(names, NULL))}") for names in groups}


@one_request_for
def test_in_each_question_of_each_address(clients, rows, grouped):
    names = [*asked_for(), "next", "x\0y"]
    assert {"season", "session", "stream", "still", "slot", "next"} < set(names)

    for name in site_map.routes():
        assert faults(answers_to(clients[STRANGER], opened_by(rows, name), grouped(names))) == {}


@one_request_for
def test_in_each_question_of_each_address_of_the_desk(clients, desk_addresses, grouped):
    names = [*asked_for(), *LISTS, "next"]

    for path in desk_addresses:
        assert faults(answers_to(clients[OWNER], path, grouped([*names, *filters_of(path)]))) == {}


@one_request_for
@pytest.mark.parametrize("value", first_always(["a%00b", "a\\000b", '"\\000"']))
def test_in_each_cookie(clients, rows, value, grouped):
    for name in site_map.routes():
        for cookies in grouped(COOKIES):
            header = "; ".join(f"{cookie}={value}" for cookie in cookies)
            visitor = Client(raise_request_exception=False, headers={"Cookie": header})
            path = opened_by(rows, name)
            assert not site_map.is_a_fault(path, visitor.get(path).status_code), (name, header)


def broken_forms(client, addresses, grouped):
    """Each form of each page, with a null byte in one group of its fields after the other."""
    pages = {path: client.get(path) for path in addresses}
    forms = [
        form for path, page in pages.items() if "html" in page["Content-Type"] for form in forms_in(page.text, path)
    ]
    for form in {(form.action, *form.names): form for form in forms if form.method == "post"}.values():
        for names in grouped(form.names):
            if "sign-out" not in form.action and "logout" not in form.action:
                yield form.action, names, form.values | dict.fromkeys(names, NULL)


@one_request_for
def test_in_each_field_of_each_form(clients, rows, grouped):
    sent = list(broken_forms(clients[STRANGER], [opened_by(rows, name) for name in site_map.routes()], grouped))

    answers = {}
    for action, names, values in sent:
        cache.clear()
        answers[action, *names] = clients[STRANGER].post(action, values)

    assert faults(answers) == {}
    broken = {name for _, names, _ in sent for name in names}
    assert {"name", "email", "consent", "person-0-name", "zone", "confirm", "code"} & broken
    assert not Registration.objects.filter(participant__name__contains="b", participant__name__startswith="a").exists()


@one_request_for
def test_in_each_field_of_each_form_of_staff(clients, rows, grouped):
    pages = [opened_by(rows, name) for name in site_map.routes() if name.startswith(("mfa_", "account_"))]

    answers = {
        (action, *names): clients["Viewer"].post(action, values)
        for action, names, values in broken_forms(clients["Viewer"], pages, grouped)
    }

    assert len(answers) > 3
    assert faults(answers) == {}


@pytest.mark.thorough
@one_request_for
def test_in_each_field_of_each_form_of_the_desk(clients, desk_addresses, grouped):
    answers = {
        (action, *names): clients[OWNER].post(action, values)
        for action, names, values in broken_forms(clients[OWNER], desk_addresses, grouped)
    }

    assert len(answers) > 20
    assert faults(answers) == {}
