"""Public pages are in the language of their address, those of one person in theirs; a bar leads to the others."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from registrations import links
from tests.factories import (
    InvitationFactory,
    NextSeasonSubscriberFactory,
    OccurrenceFactory,
    ParticipantFactory,
    RegistrationFactory,
)
from tests.support.registrations.signing_up import details

pytestmark = pytest.mark.django_db
SIX = {"ar": "rtl", "zh-hans": "ltr", "en": "ltr", "fr": "ltr", "ru": "ltr", "es": "ltr"}
HTML = re.compile(r'<html lang="([^"]+)" dir="([^"]+)"')
LINK = re.compile(
    r'<li><a href="([^"]+)" lang="([^"]+)" hreflang="([^"]+)"\s+dir="([^"]+)"( aria-current="true")?>([^<]+)</a>'
)


@pytest.fixture
def slot():
    return OccurrenceFactory()


def paths_of(slot) -> list[str]:
    season, session = slot.session.season, slot.session
    pages = [
        reverse(f"sessions:{name}") for name in ("home", "seasons", "about", "accessibility", "privacy", "time_zone")
    ]
    forms = [reverse(f"sign_up:{name}", args=[season.slug]) for name in ("form", "delegation")]
    others = [reverse("sign_up:send_link"), reverse("account_request_login_code")]
    return [*pages, season.get_absolute_url(), session.get_absolute_url(), *forms, *others]


@pytest.mark.parametrize("language", SIX)
def test_public_pages_are_in_the_language_of_their_address(client, slot, language):
    prefix = "" if language == "en" else f"/{language}"
    spanish = {"Accept-Language": "es-ES"}

    for path in paths_of(slot):
        answer = client.get(prefix + path, headers=spanish, follow=True)

        assert (answer.status_code, HTML.search(answer.text).groups()) == (200, (language, SIX[language])), path
        assert answer["Content-Language"] == language
        assert "Accept-Language" not in answer.get("Vary", "")


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_links_of_a_page_stay_in_its_language(client, slot, language):
    season = f"/{language}{slot.session.season.get_absolute_url()}"

    text = client.get(season).text

    bar = {address for address, *_rest in LINK.findall(text)}
    elsewhere = {
        path for path in re.findall(r'href="(/[^"]*)"', text) if not path.startswith((f"/{language}/", "/static/"))
    }
    assert elsewhere - bar == set()


def test_session_has_an_address_in_each_language(slot):
    found = []
    for language in ("en", "ar", "en"):
        with translation.override(language):
            found.append(slot.session.get_absolute_url())

    assert found == [english := found[0], f"/ar{english}", english]


def test_bar_leads_to_the_same_page_in_the_order_of_the_united_nations(client, slot):
    path = slot.session.get_absolute_url()

    bar = LINK.findall(client.get(f"/fr{path}").text)

    assert [(code, hreflang, direction) for _address, code, hreflang, direction, *_rest in bar] == [
        (code, code, direction) for code, direction in SIX.items()
    ]
    assert [address for address, *_rest in bar] == [path if code == "en" else f"/{code}{path}" for code in SIX]
    assert [code for _address, code, _hreflang, _direction, is_current, _name in bar if is_current] == ["fr"]
    assert [name for *_rest, name in bar] == ["العربية", "中文", "English", "Français", "Русский", "Español"]


def test_bar_keeps_what_is_asked_for(client, slot):
    query = f"?session={slot.session.slug}"

    text = client.get(reverse("sign_up:form", args=[slot.session.season.slug]) + query).text

    assert f"/es/sign-up/{slot.session.season.slug}/{query}" in [address for address, *_rest in LINK.findall(text)]


@pytest.mark.parametrize(
    ("asked", "ours"),
    [
        ("/zh-CN/about/", "/zh-hans/about/"),
        ("/zh/about/?a=1", "/zh-hans/about/?a=1"),
        ("/ar-EG/", "/ar/"),
        ("/es-419/seasons/", "/es/seasons/"),
        ("/en/about/", "/about/"),
        ("/en", "/"),
        ("/en//evil.example/", "/evil.example/"),
    ],
)
def test_other_codes_of_a_language_lead_to_ours(client, asked, ours):
    answer = client.get(asked)

    assert (answer.status_code, answer["Location"]) == (301, ours)


def test_site_in_english_alone_offers_no_choice(client, slot, settings):
    settings.LANGUAGES = [("en", "English")]
    person, form = ParticipantFactory(), reverse("sign_up:form", args=[slot.session.season.slug])

    texts = [client.get(page).text for page in ("/", form, reverse("registrations:mails", args=[person.key]))]

    signs = ("languages", "hreflang", 'select name="language"')
    assert [sign for text in texts for sign in signs if sign in text] == []


def test_what_is_no_language_is_an_address(client):
    assert client.get("/de/about/").status_code == 404


@pytest.mark.parametrize("name", ["my_season", "details", "mails", "own_data", "erase"])
def test_personal_pages_are_in_the_language_of_the_mails(client, name):
    person = ParticipantFactory(language="ar")

    answer = client.get(reverse(f"registrations:{name}", args=[person.key]))

    assert (answer.status_code, HTML.search(answer.text).groups()) == (200, ("ar", "rtl"))


def test_error_page_at_a_personal_address_is_in_the_language_of_the_mails(client):
    registration = RegistrationFactory(participant__language="ar")
    [key, slug] = registration.participant.key, registration.session.slug

    answer = client.get(reverse("registrations:own_file", args=[key, slug, 999]))

    found = (answer.status_code, HTML.search(answer.text).groups(), answer["Content-Language"])
    assert (found, translation.get_language()) == ((404, ("ar", "rtl"), "ar"), "en")
    assert (answer.text.count('href="/ar/"'), answer.text.count('href="/"')) == (2, 0)


def test_who_chooses_a_language_for_their_mails_reads_in_it_that_it_is_stored(client):
    person = ParticipantFactory(language="fr")

    sent = vars(details("Amina Otieno", language="ru"))
    answer = client.post(reverse("registrations:details", args=[person.key]), sent, follow=True)

    assert "Ваши данные исправлены." in answer.text


def test_who_follows_an_invitation_or_a_join_link_reads_their_language(client):
    invitation = InvitationFactory(language="ru")
    registration = RegistrationFactory(participant__language="zh-hans")

    invited = client.get(reverse("registrations:invitation", args=[invitation.key]))
    joining = client.get(reverse("registrations:join", args=[registration.join_key]))

    assert [HTML.search(answer.text)[1] for answer in (invited, joining)] == ["ru", "zh-hans"]


def test_language_chosen_on_a_personal_page_holds_for_the_others_and_changes_no_mail(client):
    person = ParticipantFactory(language="fr")
    page = reverse("registrations:my_season", args=[person.key])
    bar = LINK.findall(client.get(page).text)
    [spanish] = [address for address, code, *_rest in bar if code == "es"]

    answers = [client.get(page + spanish), client.get(reverse("registrations:mails", args=[person.key]))]

    person.refresh_from_db()
    assert ([HTML.search(answer.text)[1] for answer in answers], person.language) == (["es", "es"], "fr")


@pytest.mark.parametrize(("name", "answer"), [("erase", {"understood": "on"}), ("renew_key", {})])
def test_page_after_a_key_has_ended_is_in_its_language_and_leaves_no_cookie(client, name, answer):
    person = ParticipantFactory(language="ar")

    last = client.post(reverse(f"registrations:{name}", args=[person.key]), answer, follow=True)

    assert HTML.search(last.text)[1] == "ar"
    assert [code for _address, code, *_rest in LINK.findall(last.text)] == list(SIX)
    assert "language" not in client.cookies


def test_page_that_ends_mails_about_seasons_is_in_the_language_of_the_mail(client):
    subscriber = NextSeasonSubscriberFactory(language="ru")
    link = links.stop_next_season(subscriber).removeprefix(settings.SITE_URL)

    answers = [client.get(link), client.post(link)]

    assert [HTML.search(answer.text)[1] for answer in answers] == ["ru", "ru"]


def test_bar_of_a_waiting_room_keeps_that_it_is_not_to_update_itself(client):
    registration = RegistrationFactory()

    text = client.get(reverse("registrations:join", args=[registration.join_key]), {"still": "1", "in": "fr"}).text

    addresses = {code: address for address, code, *_rest in LINK.findall(text)}
    assert addresses == {code: f"?still=1&amp;in={code}" for code in SIX}


def test_language_that_is_none_is_passed_over(client):
    person = ParticipantFactory(language="fr")
    client.cookies["language"] = "xx"

    answer = client.get(reverse("registrations:my_season", args=[person.key]), {"in": "../en"})

    assert HTML.search(answer.text)[1] == "fr"


def test_who_signs_up_in_a_language_has_their_mails_in_it(client, slot):
    season = slot.session.season
    text = client.get(f"/ru/sign-up/{season.slug}/").text

    [chosen] = re.findall(r'<option value="([^"]+)" selected>Русский', text)

    assert chosen == "ru"


def test_desk_is_in_english(client, settings):
    answer = client.get("/staff/sign-in/", headers={"Accept-Language": "ar"})

    assert answer["Content-Language"] == settings.LANGUAGE_CODE == "en"


def test_robots_and_the_list_of_addresses_have_no_language(client):
    assert client.get("/sitemap.xml").status_code == 200
    assert client.get("/fr/sitemap.xml").status_code == 404
    assert f"{settings.SITE_URL}/sitemap.xml" in client.get("/robots.txt").text


def test_forms_say_that_the_language_comes_first_where_no_script_keeps_what_was_typed(client, slot):
    forms = [reverse(f"sign_up:{name}", args=[slot.session.season.slug]) for name in ("form", "delegation")]
    said = '<noscript><p class="hint">Changing the language empties this form.'

    assert all(said in client.get(form).text for form in forms)


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/fr?next=/my", "/fr/?next=/my"),
        ("/en?next=//evil.example", "/?next=//evil.example"),
        ("/en///evil.example", "/evil.example"),
        ("/zh-CN//evil.example", "/zh-hans/evil.example"),
        ("/en/%5Cevil.example", "/%5Cevil.example"),
    ],
)
def test_address_with_another_code_leads_to_the_same_page_here(client, path, leads_to):
    answer = client.get(path)

    assert (answer.status_code, answer["Location"]) == (301, leads_to)
