"""The API over HTTP: open to every site, without cookies, asked again and again for what has not changed."""

import gzip

import pytest
from django.core.cache import caches
from django.test import Client

from sessions.models import Session
from tests.factories import RegistrationFactory

pytestmark = pytest.mark.django_db
SEASON = "/api/v1/seasons/autumn/"
PATHS = ["/api/v1/", "/api/v1/openapi.json", "/api/v1/seasons/", SEASON, f"{SEASON}sessions/", f"{SEASON}sessions/air/"]
PATHS += [f"{SEASON}slots/", f"{SEASON}materials/", f"{SEASON}slots/?from=2020-01-01"]
ERRORS = ["/api/v1/nothing/", "/api/v1/seasons/nothing/", f"{SEASON}slots/?lang=tlh", f"{SEASON}slots/?limit=0"]


@pytest.mark.parametrize("path", [*PATHS, *ERRORS, "/api/v1/seasons"])
def test_every_site_may_read_the_answer_and_nothing_depends_on_cookies(slot, path):
    client = Client()
    client.cookies["csrftoken"] = client.cookies["zone"] = client.cookies["messages"] = "broken"

    answer = client.get(path, headers={"Origin": "https://www.example.org"})

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert answer.cookies == {}


@pytest.mark.parametrize("path", ERRORS)
def test_error_is_a_problem_in_words(client, slot, path, settings):
    answer = client.get(path)

    said = answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert [*said][:4] == ["type", "title", "status", "detail"]
    assert said["status"] == answer.status_code
    assert said["type"] == f"{settings.SITE_URL}/api/#problem-{answer.status_code}"


def test_unknown_language_is_refused_with_those_that_there_are(client, slot):
    answer = client.get(f"{SEASON}slots/?lang=de")

    [error] = answer.json()["errors"]
    assert (answer.status_code, error["parameter"]) == (422, "lang")
    assert error["detail"] == "There is no language of this code here. There are: ar, zh-hans, en, fr, ru, es."


def test_language_that_is_held_back_is_refused(client, slot, settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "Français")]

    assert client.get(f"{SEASON}?lang=ar").status_code == 422
    assert client.get(f"{SEASON}?lang=fr")["Content-Language"] == "fr"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nothing_can_be_written(client, slot, method):
    answer = getattr(Client(enforce_csrf_checks=True), method)(SEASON)

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_preflight_lets_every_site_ask_with_an_etag(client):
    asked = {"Origin": "https://www.example.org", "Access-Control-Request-Method": "GET"}

    answer = client.options(SEASON, headers=asked | {"Access-Control-Request-Headers": "if-none-match"})

    assert (answer.status_code, answer.content) == (204, b"")
    assert "GET" in answer["Access-Control-Allow-Methods"]
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", PATHS)
def test_who_has_the_answer_is_told_so(client, slot, path):
    first, head = client.get(path), client.head(path)

    again = client.get(path, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Access-Control-Allow-Origin"] == "*"
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])
    assert first["Cache-Control"] == "max-age=60, public"


@pytest.mark.parametrize("path", PATHS[:-1])
def test_warm_answers_ask_nothing_of_the_database(client, slot, settings, django_assert_num_queries, path):
    first = client.get(path)
    settings.PROGRAMME_SECONDS = 60

    with django_assert_num_queries(0):
        packed = client.get(path, headers={"Accept-Encoding": "gzip"})

    assert gzip.decompress(packed.content) == first.content


def test_answer_follows_a_change_at_once(client, slot):
    first = client.get(f"{SEASON}slots/")
    Session.objects.update(title="Mercury in rice")

    second = client.get(f"{SEASON}slots/", headers={"If-None-Match": first["ETag"]})

    assert second.json()["items"][0]["title"]["text"] == "Mercury in rice"


def test_invented_questions_do_not_fill_the_memory(client, slot):
    client.get(f"{SEASON}slots/?lang=fr&coming=true")
    number = len(caches["answers"]._cache)

    for asked in ("lang=fr&utm_source=a", "coming=true&coming=true", "from=2030-01-01", "offset=3", "stream=none"):
        client.get(f"{SEASON}slots/?{asked}")

    assert len(caches["answers"]._cache) == number


def test_address_without_its_last_slash_leads_on(client, slot):
    answer = client.get(f"{SEASON}slots?lang=fr")

    assert (answer.status_code, answer["Location"]) == (301, f"{SEASON}slots/?lang=fr")


def test_people_who_sign_up_change_nothing_as_long_as_there_are_places(client, slot):
    type(slot).objects.update(capacity=3)
    first = client.get(f"{SEASON}slots/")
    RegistrationFactory(occurrence=slot)

    assert client.get(f"{SEASON}slots/").content == first.content


def test_answer_during_an_outage_is_a_problem_with_the_seconds_to_wait(slot, monkeypatch):
    from django.db import OperationalError

    from sessions.public import snapshot

    client = Client(raise_request_exception=False)
    monkeypatch.setattr(snapshot, "_recent", _away(OperationalError))

    answer = client.get(SEASON)

    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert (answer["Retry-After"], answer["Access-Control-Allow-Origin"]) == ("20", "*")


def _away(error):
    def ask(*_arguments):
        raise error

    return ask


def test_no_cache_keeps_what_one_client_alone_is_refused(client, slot):
    answer = client.get(f"{SEASON}slots/", headers={"If-Match": '"other"'})

    assert (answer.status_code, answer["Cache-Control"]) == (412, "no-cache")
