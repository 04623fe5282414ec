"""The public page with the figures of a season: what it shows, to whom, and that nothing else leads there."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest

from registrations.figures import keeping, storing
from sessions import translations
from sessions.models import Season
from tests.factories import OccurrenceFactory, RegistrationFactory, SeasonFactory, SessionFactory

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2020, 9, 17, 13, 0, tzinfo=UTC)
NOW = datetime(2031, 1, 10, 9, 0, tzinfo=UTC)
COUNTRIES = {"404": 3, "756": 40, "604": 2, "250": 12}


@pytest.fixture
def season():
    slot = OccurrenceFactory(
        session__title="<b>Air</b>", session__season__title="Autumn", session__season__slug="autumn", starts_at=LONG_AGO
    )
    for country, number in COUNTRIES.items():
        RegistrationFactory.create_batch(number, occurrence=slot, participant__country=country)
    storing.store(season_id=slot.session.season_id, now=NOW)
    return slot.session.season


@pytest.fixture
def published(season):
    keeping.publish(season, now=NOW)
    return season


def table(response, kind) -> dict:
    [found] = [each for each in response.context["found"].tables if each.kind == kind]
    return {row.name: row.cells for row in found.rows} | {None: found.total.cells}


def test_small_numbers_are_hidden_and_their_countries_together(client, published):
    response = client.get("/seasons/autumn/figures/")

    countries = table(response, "country")
    assert list(countries) == [
        "Switzerland",
        "France",
        "2 other countries and areas, with all that is hidden above",
        None,
    ]
    assert [cells[0] for cells in countries.values()] == ["40", "12", "5", "57"]
    assert "fewer than 5, or hidden" in response.text
    assert "Friday 10 January 2031" in response.text
    assert "Kenya" not in response.text
    assert "&lt;b&gt;Air&lt;/b&gt;" in response.text


def test_people_of_observer_states_count_with_whoever_is_in_no_group(client, season):
    """Staff have a row for observer States, others have none."""
    slot = season.sessions.get().occurrences.get()
    for country, number in {"275": 6, "630": 7}.items():
        RegistrationFactory.create_batch(number, occurrence=slot, participant__country=country)
    later = NOW + timedelta(hours=1)
    storing.store(season_id=season.pk, now=later)
    keeping.publish(season, now=later)

    groups = table(client.get("/seasons/autumn/figures/"), "un-group")

    assert groups["In no group: territories, international organisations"][0] == "13"
    assert "Observer States" not in groups


def test_it_begins_with_the_sentence_for_reports(client, published):
    assert (
        "1 session, 1 hour, 57 registrations of 57 people from fewer than 5 countries"
        in client.get("/seasons/autumn/figures/").text
    )
    assert "57 inscriptions de 57 personnes" in client.get("/fr/seasons/autumn/figures/").text


def test_names_are_in_the_language_of_the_reader(client, published):
    response = client.get("/fr/seasons/autumn/figures/")

    assert "Suisse" in table(response, "country")
    assert response.context["found"].place == "Genève"
    assert "Genève" in response.text


def test_titles_are_translated_or_marked_as_english(client, published):
    session, stream = published.sessions.get(), published.streams.get()
    session.translations = {"fr": {"title": {"text": "<i>L’air</i>", "of": translations.digest(session.title)}}}
    session.save()
    stream.title = "Reworded since"
    stream.translations = {"fr": {"title": {"text": "Autre", "of": translations.digest(stream.title)}}}
    stream.save()

    text = client.get("/fr/seasons/autumn/figures/").text

    assert "&lt;b&gt;Air" not in text
    assert text.count("&lt;i&gt;L’air&lt;/i&gt;") == 2
    assert re.search(r'<bdi><span lang="en" dir="ltr">Stream \d+</span></bdi>', text)
    assert "Reworded" not in text


@pytest.mark.parametrize("language", ["ar", "zh-hans", "es", "ru"])
def test_sentence_is_in_the_language_of_the_page(client, published, language):
    response = client.get(f"/{language}/seasons/autumn/figures/")

    assert response.context["found"].sentence in html.unescape(response.text)
    assert "57" in response.context["found"].sentence
    assert "session" not in response.context["found"].sentence


def test_nothing_but_what_is_published_is_shown(client, season):
    answers = [client.get("/seasons/autumn/figures/"), client.get("/seasons/no-such-season/figures/")]
    keeping.publish(season, now=NOW)
    assert client.get("/seasons/autumn/figures/").status_code == 200
    keeping.take_back(season, now=NOW)
    answers.append(client.get("/seasons/autumn/figures/"))
    keeping.publish(season, now=NOW)
    for hidden in ({"is_published": False}, {"is_published": True, "is_rehearsal": True}):
        Season.objects.update(**hidden)
        answers.append(client.get("/seasons/autumn/figures/"))

    assert [answer.status_code for answer in answers] == [404] * 5


def test_season_and_list_and_site_map_lead_to_it_once_it_is_published(client, season):
    pages, link = ("/seasons/autumn/", "/seasons/", "/sitemap.xml"), "/seasons/autumn/figures/"
    before = [link in client.get(page).text for page in pages]
    keeping.publish(season, now=NOW)
    after = [link in client.get(page).text for page in pages]
    Season.objects.update(is_rehearsal=True)
    rehearsed = [link in client.get(page).text for page in pages]

    assert (before, after, rehearsed) == ([False] * 3, [True] * 3, [False] * 3)


def test_it_is_made_once_and_then_known_to_the_browser(client, published, django_assert_max_num_queries):
    first = client.get("/seasons/autumn/figures/", headers={"Accept-Encoding": "gzip"})
    with django_assert_max_num_queries(9):
        again = client.get("/seasons/autumn/figures/", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    assert len(first.content) < 30_000


def test_session_of_that_name_keeps_its_page_until_figures_are_published(client, season):
    SessionFactory(season=season, slug="figures", title="In figures")

    assert "In figures" in client.get("/seasons/autumn/figures/").text


def test_other_seasons_have_none(client, published):
    SeasonFactory(slug="spring")

    assert client.get("/seasons/spring/figures/").status_code == 404


def test_nothing_tells_of_a_session_that_is_not_published(client, season):
    slot = OccurrenceFactory(
        session__title="Behind doors",
        session__access="invitation",
        session__is_published=False,
        session__season=season,
        session__stream=season.streams.get(),
        starts_at=LONG_AGO,
    )
    RegistrationFactory.create_batch(12, occurrence=slot, participant__country="756")
    before = keeping.for_others(keeping.kept(season))
    storing.store(season_id=season.pk, now=NOW + timedelta(days=1))
    keeping.publish(season, now=NOW)

    response = client.get("/seasons/autumn/figures/")

    assert list(keeping.public(season).shown) == before
    assert table(response, "country")[None][0] == "57"
    assert "1 session, 1 hour, 57 registrations" in response.text
    assert "Behind doors" not in response.text
    assert "nvitation" not in response.context["found"].sentence + str(response.context["found"].tables)
