"""A null byte, which PostgreSQL does not store, in each part of each address and in each field of each form.

Each rule is held twice: with all questions, cookies or fields of one request at once, and thoroughly, each alone: of
the questions those that a page reads, as it shows itself.
"""

import re
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.contrib import admin
from django.core.cache import cache
from django.http import QueryDict
from django.test import Client
from django.urls import get_resolver

from registrations.models import Registration
from registrations.views.support import reading_language, typed_form
from sessions.staff import unsent_forms
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
COOKIES += [reading_language.COOKIE, unsent_forms.COOKIE, *typed_form.COOKIES.values()]
READERS_OF_COOKIES = ["sessions:season", "sign_up:form", "sign_up:delegation", "registrations:my_season"]
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


@pytest.fixture
def read(monkeypatch):
    """The names of questions that somebody has looked for, by name."""
    names = set()

    def noting(method):
        def note(query, name, *more, **others):
            names.add(name)
            return method(query, name, *more, **others)

        return note

    for method in ("__getitem__", "__contains__", "getlist"):
        monkeypatch.setattr(QueryDict, method, noting(getattr(QueryDict, method)))
    return names


def answers_to(client, path, names) -> dict:
    return {(path, *names): client.get(f"{path}?{urlencode(dict.fromkeys(names, NULL))}")}


def answers_to_each_alone(client, path, names, read) -> dict:
    """Each of `names`, and each other that the page reads, also where an answer makes it read more."""
    answers, asked = {}, set()
    while to_ask := names - asked:
        for name in sorted(to_ask):
            read.clear()
            answers |= answers_to(client, path, [name])
            names |= {name for name in read if isinstance(name, str)}
        asked |= to_ask
    return answers


def test_in_all_questions_of_each_address(clients, rows):
    names = [*asked_for(), "next", "x\0y"]
    assert {"season", "session", "stream", "still", "slot", "next"} < set(names)

    for name in site_map.routes():
        assert faults(answers_to(clients[STRANGER], opened_by(rows, name), names)) == {}


@pytest.mark.thorough
def test_in_each_question_of_each_address(clients, rows, read):
    seen = set()

    for name in site_map.routes():
        answers = answers_to_each_alone(clients[STRANGER], opened_by(rows, name), {"x\0y"}, read)
        assert faults(answers) == {}
        seen |= {asked for _path, asked in answers}

    assert {"season", "session", "stream", "still", "slot", "next"} < seen


def test_in_all_questions_of_each_address_of_the_desk(clients, desk_addresses):
    for path in desk_addresses:
        assert faults(answers_to(clients[OWNER], path, [*asked_for(), *LISTS, "next", *filters_of(path)])) == {}


@pytest.mark.thorough
def test_in_each_question_of_each_address_of_the_desk(clients, desk_addresses, read):
    for path in desk_addresses:
        # A list goes through all questions and takes each for a filter.
        filters = filters_of(path)
        assert faults(answers_to_each_alone(clients[OWNER], path, {*filters, *(LISTS if filters else [])}, read)) == {}


@one_request_for
@pytest.mark.parametrize("value", first_always(["a%00b", "a\\000b", '"\\000"']))
def test_in_each_cookie(clients, rows, value, grouped):
    assert site_map.routes().keys() >= set(READERS_OF_COOKIES)

    for name in site_map.routes():
        path, every = opened_by(rows, name), grouped(COOKIES)
        # One that the middleware alone reads is read in the same way at each address.
        groups = every if name in READERS_OF_COOKIES else [cookies for cookies in every if "zone" in cookies]
        for cookies in groups:
            header = "; ".join(f"{cookie}={value}" for cookie in cookies)
            visitor = Client(raise_request_exception=False, headers={"Cookie": header})
            assert not site_map.is_a_fault(path, visitor.get(path).status_code), (name, header)


def broken_forms(client, addresses, grouped):
    """Each form of each page, with a null byte in one group of its fields after the other.

    Of fields that differ by a number alone, as those of the rows of a table, one stands for all; and a row of the desk
    is added by the form that changes it.
    """
    pages = {path: client.get(path) for path in addresses}
    forms = [
        form for path, page in pages.items() if "html" in page["Content-Type"] for form in forms_in(page.text, path)
    ]
    fields = {}
    for form in forms:
        if form.method == "post" and "sign-out" not in form.action and "logout" not in form.action:
            for name in form.names:
                what = re.sub(r"\d+/change/$|add/$", "", form.action), re.sub(r"\d+", "#", name)
                fields.setdefault(what, (form, name))
    for form in {id(form): form for form, _name in fields.values()}.values():
        for names in grouped([name for its_form, name in fields.values() if its_form is form]):
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
