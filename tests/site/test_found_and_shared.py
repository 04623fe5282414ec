"""What search engines and programs that show a link read of a page, and what they are not to find."""

import html
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from tests.factories import OccurrenceFactory, SeasonFactory, SessionFactory

pytestmark = pytest.mark.django_db
META = re.compile(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">')
LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
ALTERNATE = "{http://www.w3.org/1999/xhtml}link"


def metas(client, address) -> dict[str, str]:
    page = client.get(address).content.decode()
    return {name: html.unescape(words) for name, words in META.findall(page)}


def addresses(client) -> list[str]:
    return list(sitemap(client))


def sitemap(client) -> dict[str, dict[str, str]]:
    """Each address with its alternates by language."""
    answer = client.get("/sitemap.xml")
    assert answer["Content-Type"] == "application/xml"
    return {
        page.findtext(LOCATION): {each.get("hreflang"): each.get("href") for each in page.iter(ALTERNATE)}
        for page in ElementTree.fromstring(answer.content)
    }


def test_page_of_a_session_can_be_found_and_shared(client):
    session = OccurrenceFactory(session__title="“Air” & more", session__summary="About\nair. " + "x" * 300).session

    page = client.get(session.get_absolute_url()).content.decode()
    found = metas(client, session.get_absolute_url())

    assert found["og:title"] == "“Air” & more"
    assert found["description"] == found["og:description"] == "About air. " + "x" * 188 + "…"
    assert found["og:url"] == session.absolute_url
    assert f'<link rel="canonical" href="{session.absolute_url}">' in page


def test_home_page_and_filtered_pages_have_the_address_of_their_season(client):
    session = OccurrenceFactory(session__season__introduction="What it is.").session
    season = session.season.get_absolute_url()

    found = [metas(client, page) for page in ["/", season, f"{season}?stream={session.stream.slug}"]]

    assert [each["og:url"] for each in found] == [f"{settings.SITE_URL}{season}"] * 3
    assert {each["description"] for each in found} == {"What it is."}


def test_preview_picture_is_the_size_that_pages_say(client):
    found = metas(client, "/about/")
    octets = Path(finders.find(found["og:image"].partition("/static/")[2])).read_bytes()

    size = [int.from_bytes(octets[place : place + 4], "big") for place in (16, 20)]
    assert size == [int(found["og:image:width"]), int(found["og:image:height"])] == [1200, 630]


@pytest.mark.parametrize("address", ["/", "/seasons/", "/about/", "/accessibility/", "/privacy/", "/time-zone/"])
def test_every_public_page_is_described(client, address):
    OccurrenceFactory()

    assert len(metas(client, address)["description"]) > 40


def test_sitemap_has_public_pages_without_rehearsals_and_hidden_sessions(client):
    session = OccurrenceFactory().session
    hidden = SessionFactory(season=session.season, is_published=False)
    rehearsal = SessionFactory(season__is_rehearsal=True)
    draft = SeasonFactory(is_published=False)

    found = addresses(client)

    assert {f"{settings.SITE_URL}/", f"{settings.SITE_URL}/about/", session.absolute_url} < set(found)
    for row in (hidden, rehearsal, rehearsal.season, draft):
        assert f"{settings.SITE_URL}{row.get_absolute_url()}" not in found


def test_sitemap_has_each_page_in_each_language_with_the_others_as_alternates(client):
    path, site = OccurrenceFactory().session.get_absolute_url(), settings.SITE_URL
    in_languages = {code: f"{site}/{code}{path}" for code in ("ar", "zh-hans", "fr", "ru", "es")} | {"en": site + path}

    found = sitemap(client)

    alternates = in_languages | {"x-default": site + path}
    assert [found[address] for address in in_languages.values()] == [alternates] * 6
    assert all(found[address]["en"] in found for address in found)


@pytest.mark.parametrize("prefix", ["", "/ar", "/zh-hans", "/fr", "/ru", "/es"])
def test_page_names_itself_in_its_language(client, prefix):
    session = OccurrenceFactory().session
    paths = [session.season.get_absolute_url(), session.get_absolute_url(), "/about/", "/privacy/", "/seasons/"]

    for path in paths:
        page = client.get(prefix + path).text

        assert f'<link rel="canonical" href="{settings.SITE_URL}{prefix}{path}">' in page
        assert f'<meta property="og:url" content="{settings.SITE_URL}{prefix}{path}">' in page


def test_sitemap_costs_the_same_for_one_season_and_for_three(client, django_assert_num_queries):
    for number in (1, 3):
        SessionFactory.create_batch(number)
        with django_assert_num_queries(3):
            client.get("/sitemap.xml")


def test_robots_txt_names_the_sitemap(client):
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in client.get("/robots.txt").content.decode().splitlines()


def test_rehearsal_is_not_to_be_found(client):
    rehearsal, real = (OccurrenceFactory(session__season__is_rehearsal=is_one).session for is_one in (True, False))

    pages = [[session.season.get_absolute_url(), session.get_absolute_url()] for session in (rehearsal, real)]
    pages[0].append(f"/sign-up/{rehearsal.season.slug}/")

    assert [metas(client, page).get("robots") for page in pages[0]] == ["noindex"] * 3
    assert [metas(client, page).get("robots") for page in pages[1]] == [None] * 2


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_picture_speaks_the_language_of_the_page(client, language):
    prefix = "" if language == "en" else f"/{language}"

    page = client.get(f"{prefix}/about/").text

    [picture] = re.findall(r'<meta property="og:image" content="[^"]*/static/(img/[^"]*)"', page)
    assert finders.find(picture), picture
    assert (picture == "img/preview.png") == (language == "en")
