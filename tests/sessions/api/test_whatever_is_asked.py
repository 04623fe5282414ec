"""Programs ask everything that the schema allows, and what it forbids: answers are as it says, and never a fault."""

from collections import Counter

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from minamata_online.handler import Handler
from tests.support import site_map

pytestmark = pytest.mark.django_db
EACH_PARAMETER = 7
QUICK = settings(
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def values(settings):
    found = site_map.one_of_everything()["values"]
    # Read once for all questions, and not taken for those of the test before.
    Client().get(f"/api/v1/seasons/{found['season']}/")
    settings.PROGRAMME_SECONDS = 60
    return found


@pytest.fixture
def stays_connected(values):
    """As with Django's test client: a request would end the connection, and with it the transaction of the test."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("stays_connected")
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=str)
def test_answers_are_as_the_schema_says(values, mode):
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", Handler())
    parts, counted, untried = {name: values[name] for name in ("season", "slug")}, Counter(), {}

    for operation in (result.ok() for result in schema.get_all_operations()):
        names = {parameter.name for parameter in operation.query}
        asked = _ask(operation.as_strategy(generation_mode=mode, path_parameters=parts), EACH_PARAMETER * len(names))
        counted.update(status for status, _given in asked)
        if missing := names.difference(*(given for _status, given in asked)):
            untried[operation.path] = missing

    assert untried == {}
    assert counted.keys() <= {200, 404, 405, 422}
    assert counted[200 if mode.is_positive else 422] > 100, counted


def _ask(cases, times) -> list[tuple[int, set[str]]]:
    """The statuses of the answers, which are as the schema says, and which parameters were given."""
    asked = []

    @settings(QUICK, max_examples=times)
    @given(case=cases)
    def ask(case):
        # Its client for WSGI unpacks nothing.
        answer = case.call_and_validate(headers={"Accept-Encoding": "identity"})
        asked.append((answer.status_code, set(case.query or {})))

    ask()
    return asked


NUMBERS = ["9" * 20, "9" * 5000, "-1", "1e9", "0x10", "１", "NaN", "1_0"]
TEXTS = ["%00", "%FF%FE", "%ED%A0%80", "a" * 7000, "%F0%9F%92%A7", "%2e%2e%2f", "[]", "%22%27--"]
NAMES = ["lang", "limit", "offset", "stream", "from", "until", "language", "coming", "anything", "%00", "%FF"]


@pytest.mark.parametrize("name", ["api:seasons", "api:sessions", "api:slots", "api:session"])
def test_no_value_of_a_parameter_is_a_fault(client, values, name):
    path = site_map.address(name, values)

    answers = {
        f"{parameter}={value}": client.get(f"{path}?{parameter}={value}").status_code
        for parameter in NAMES
        for value in (*NUMBERS, *TEXTS)
    }

    assert {asked: status for asked, status in answers.items() if status not in (200, 404, 422)} == {}


@pytest.mark.parametrize("part", [*TEXTS[:5], "current%00", "%2F", "-", "ａ", "a" * 300])
def test_no_name_in_an_address_is_a_fault(client, values, part):
    season = f"/api/v1/seasons/{values['season']}"

    for path in (f"/api/v1/seasons/{part}/", f"{season}/sessions/{part}/", f"/api/v1/{part}/"):
        answer = client.get(path)

        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json"), path


def test_ten_thousand_parameters_are_refused_in_words(client, values):
    answer = client.get("/api/v1/seasons/?" + "&".join(f"a{n}=1" for n in range(10_000)))

    assert (answer.status_code, answer.json()["title"]) == (400, "Bad request")
