"""The page about the API: its examples run, and each kind of problem has its place on it."""

import html
import re

import pytest

from sessions.api import problems

pytestmark = pytest.mark.django_db


def test_examples_run_as_they_stand_there(client, slot, settings):
    page = html.unescape(client.get("/api/").text)

    addresses = re.findall(rf"{settings.SITE_URL}(/api/v1/[^\s'<]*)", page)

    assert len(addresses) >= 4
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_each_problem_has_its_place(client):
    page = client.get("/api/").text

    assert [status for status in problems.PROBLEMS if f'id="problem-{status}"' not in page] == []


def test_start_leads_to_all_the_rest(client, slot, settings):
    start = client.get("/api/v1/").json()

    leads_to = [
        start[name].removeprefix(settings.SITE_URL) for name in ("seasons", "openapi", "documentation", "widget")
    ]
    assert [client.get(path).status_code for path in leads_to] == [200] * 4
    assert start["languages"] == ["ar", "zh-hans", "en", "fr", "ru", "es"]
