"""Odd addresses: a code of a language leads to its pages whatever its spelling, and to no other site."""

import pytest
from django.urls import reverse

from tests.factories import OccurrenceFactory, ParticipantFactory
from tests.support.registrations.sign_up_form import typed

pytestmark = pytest.mark.django_db
NOWHERE = [
    "/xx/",
    "/de/about/",
    "/ar/ar/",
    "/ar/en/about/",
    "/ar_EG/",
    "/ar-/",
    "/i-klingon/",
    f"/{'a' * 8}-{'b' * 300}/",
]


@pytest.mark.parametrize(
    ("asked", "ours"),
    [
        ("/AR/", "/ar/"),
        ("/Fr/about/?a=1", "/fr/about/?a=1"),
        ("/ZH-HANS/about/", "/zh-hans/about/"),
        ("/zh-Hans-CN/about/", "/zh-hans/about/"),
        ("/EN/about/", "/about/"),
        ("/zh-CN//evil.example/", "/zh-hans/evil.example/"),
        ("/en/%2F%2Fevil.example/", "/evil.example/"),
        ("/en/\\evil.example/", "/%5Cevil.example/"),
        ("/en/%0d%0aSet-Cookie:a=b/", "/%0D%0ASet-Cookie:a%3Db/"),
        ("/en?next=//evil.example", "/?next=//evil.example"),
    ],
)
def test_codes_lead_to_our_spelling_on_this_site(client, asked, ours):
    answer = client.get(asked)

    assert (answer.status_code, answer["Location"]) == (301, ours)


@pytest.mark.parametrize("asked", NOWHERE)
def test_other_codes_are_no_address(client, asked):
    assert client.get(asked).status_code == 404


def test_two_slashes_at_the_start_are_no_language(client):
    assert client.get("/", PATH_INFO="//ar/").status_code == 404


def test_form_that_is_sent_to_another_spelling_keeps_what_was_typed(client):
    slot = OccurrenceFactory()

    answer = client.post(f"/AR/sign-up/{slot.session.season.slug}/", typed(slot), follow=True)

    assert answer.redirect_chain[0] == (f"/ar/sign-up/{slot.session.season.slug}/", 308)
    assert answer.redirect_chain[1][1] == 302


@pytest.mark.parametrize("asked", ["xx", "", "AR", "//evil.example", "ar\r\nX: 1", "\0", "a" * 3000])
def test_personal_page_is_in_its_language_whatever_else_is_asked_for(client, asked):
    page = reverse("registrations:my_season", args=[ParticipantFactory(language="fr").key])
    client.cookies["language"] = asked.replace("\r\n", "").replace("\0", "")

    answer = client.get(page, {"in": [asked, asked]})

    assert (answer.status_code, answer["Content-Language"], "language" in answer.cookies) == (200, "fr", False)


def test_bar_leads_to_this_site_alone(client):
    page = client.get("/ar/about/?a=%22%3E%3Cscript%3E&next=//evil.example").text
    bar = page.partition('class="languages"')[2].partition("</nav>")[0]

    assert bar.count('href="/') == 6
    assert bar.count('href="//') == bar.count("<script") == 0


def test_page_depends_on_its_address_and_not_on_what_a_browser_asks_for(client):
    slot = OccurrenceFactory()
    path = slot.session.get_absolute_url()

    answers = [client.get(f"{prefix}{path}", headers={"Accept-Language": "ru"}) for prefix in ("", "/ar", "", "/fr")]

    assert [answer["Content-Language"] for answer in answers] == ["en", "ar", "en", "fr"]
    assert len({answer["ETag"] for answer in answers}) == 3
    assert not any("Accept-Language" in answer["Vary"] for answer in answers)
