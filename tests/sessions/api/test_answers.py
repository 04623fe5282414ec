"""What the API says of a season: values, order, choices, parts, languages and clocks."""

import html
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from registrations.figures import keeping, storing
from sessions import translations
from sessions.models import Season
from tests.factories import (
    MaterialFactory,
    OccurrenceFactory,
    RegistrationFactory,
    SeasonFactory,
    SessionFactory,
    StreamFactory,
)
from tests.sessions.api.conftest import IN_TWO_WEEKS

pytestmark = pytest.mark.django_db


def another(slot, **more):
    return OccurrenceFactory(
        session__season=slot.session.season,
        **{"session__stream": slot.session.stream, "starts_at": IN_TWO_WEEKS} | more,
    )


def titles(found) -> list[str]:
    return [item["title"]["text"] for item in found["items"]]


def test_season_has_its_streams(ask, slot, settings):
    Season.objects.update(introduction="About *mercury*.\n\nTwo months.", partners="BRS https://brs.example.org/")

    season = ask()

    assert season["title"] == {"text": "Autumn", "language": "en"}
    assert season["introduction"]["text"] == "About mercury.\n\nTwo months."
    assert season["partners"] == [{"name": "BRS", "url": "https://brs.example.org/"}]
    assert season["page"] == f"{settings.SITE_URL}/seasons/autumn/"
    assert [stream["slug"] for stream in season["streams"]] == [slot.session.stream.slug]
    assert (season["is_current"], season["has_figures"]) == (True, False)


def test_slot_is_on_two_clocks(ask, slot):
    type(slot).objects.update(
        starts_at=datetime(2031, 7, 1, 22, 30, tzinfo=UTC), ends_at=datetime(2031, 7, 1, 23, 30, tzinfo=UTC)
    )

    [found] = ask("slots/")["items"]

    assert (found["starts_at"], found["ends_at"]) == ("2031-07-01T22:30:00Z", "2031-07-01T23:30:00Z")
    assert found["local"] == {
        "timezone": "Europe/Zurich",
        "starts_at": "2031-07-02T00:30:00+02:00",
        "ends_at": "2031-07-02T01:30:00+02:00",
    }
    assert found["uid"] == slot.uid


def test_keys_stand_in_the_order_of_the_schema(client, slot):
    first = client.get("/api/v1/seasons/autumn/slots/").text

    assert first.startswith('{"count":1,"next":null,"previous":null,"items":[{"uid":"')


@pytest.mark.parametrize("language", ["ar", "zh-hans", "fr", "ru", "es"])
def test_words_and_addresses_are_in_the_language_that_is_asked_for(ask, slot, settings, language):
    session = slot.session
    translations.put(session, "title", language, "Ртуть")
    session.save(update_fields=["translations"])

    [found] = ask("slots/", lang=language)["items"]
    season = ask(lang=language)

    assert found["title"] == {"text": "Ртуть", "language": language}
    assert found["page"] == f"{settings.SITE_URL}/{language}/seasons/autumn/air/"
    assert found["sign_up"] == f"{settings.SITE_URL}/{language}/sign-up/autumn/?slot={slot.pk}"
    assert season["title"] == {"text": "Autumn", "language": "en"}
    with translation.override(language):
        assert found["state_in_words"] == translation.gettext("Open for registration")


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ({"from": 0}, 3),
        ({"from": 1}, 2),
        ({"until": 0}, 1),
        ({"from": 1, "until": 1}, 1),
        ({"from": 2, "until": 1}, 0),
        ({"from": 3}, 0),
    ],
)
def test_days_are_those_of_the_seasons_clock(client, slot, days, found):
    """The second slot begins at midnight in Geneva, which is the evening before in UTC."""
    first = datetime(2031, 7, 1, 12, tzinfo=UTC)
    starts = [first, datetime(2031, 7, 1, 22, tzinfo=UTC), first + timedelta(days=2)]
    type(slot).objects.update(starts_at=starts[0], ends_at=starts[0] + timedelta(hours=1))
    for starts_at in starts[1:]:
        another(slot, starts_at=starts_at)
    asked = {name: (first + timedelta(days=day)).date().isoformat() for name, day in days.items()}

    answers = [client.get(f"/api/v1/seasons/autumn/{path}/", asked).json()["count"] for path in ("slots", "sessions")]

    assert answers == [found, found]


def test_choices_of_stream_language_and_what_is_coming(ask, slot):
    season = slot.session.season
    water = StreamFactory(season=season, slug="water")
    another(slot, session__stream=water, session__title="Water", session__languages="fr, es")
    yesterday = timezone.now() - timedelta(days=1)
    another(slot, session__title="Over", starts_at=yesterday)

    assert titles(ask("slots/", stream="water")) == ["Water"]
    assert titles(ask("sessions/", language="es")) == ["Water"]
    assert titles(ask("slots/", coming="true")) == ["Mercury in air", "Water"]
    assert titles(ask("slots/")) == ["Over", "Mercury in air", "Water"]
    assert titles(ask("sessions/", stream="water", language="en")) == []


def test_languages_are_those_of_each_slot_and_of_its_interpreters(ask, slot):
    type(slot).objects.update(languages="fr", interpretation="ar, ru")

    [found] = ask("slots/", language="ar")["items"]
    [session] = ask("sessions/", language="ru")["items"]

    assert (found["languages"], found["interpretation"]) == (["fr"], ["ar", "ru"])
    assert session["languages"] == ["fr"]
    assert ask("slots/", language="en")["items"] == ask("sessions/", language="en")["items"] == []


def test_official_document_has_its_symbol_and_its_other_languages(ask, slot):
    editions = {"fr": "https://docs.example.org/fr", "ar": "https://docs.example.org/ar"}
    MaterialFactory(
        session=slot.session,
        kind="document",
        url="https://docs.example.org/en",
        symbol="UNEP/MC/COP.5/16",
        editions=editions,
    )

    [found] = ask("materials/")["items"]

    assert found["symbol"] == "UNEP/MC/COP.5/16"
    assert found["editions"] == [{"language": code, "url": editions[code]} for code in ("ar", "fr")]


def test_long_list_comes_in_parts_that_lead_to_each_other(client, ask, slot):
    for number in range(4):
        another(slot, session__title=f"Session {number}", starts_at=IN_TWO_WEEKS + timedelta(days=number + 1))

    first = ask("slots/", limit=2, lang="fr")
    second, third = (client.get(address).json() for address in (first["next"], first["next"].replace("=2", "=4", 2)))
    last = ask("slots/", limit=2, offset=4)

    assert (first["count"], first["previous"], last["next"]) == (5, None, None)
    assert titles(first) + titles(second) + titles(last) == titles(ask("slots/"))
    assert "lang=fr" in first["next"]
    assert client.get(second["previous"]).json() == first
    assert third["count"] == 5


def test_session_without_slots_comes_last_and_says_what_is_not_certain(ask, slot):
    SessionFactory(
        season=slot.session.season,
        stream=slot.session.stream,
        title="Some day",
        is_unconfirmed=True,
        unconfirmed_fields=["title", "nothing we know"],
        attendance_total=30,
        attendance_is_minimum=True,
    )

    found = ask("sessions/")["items"]

    assert [item["title"]["text"] for item in found] == ["Mercury in air", "Some day"]
    assert (found[1]["is_unconfirmed"], found[1]["unconfirmed"]) == (True, ["title"])
    assert found[1]["attendance"] == {"people": 30, "is_minimum": True}
    assert found[1]["slots"] == []


def test_materials_have_whole_addresses_or_none(ask, slot):
    MaterialFactory(session=slot.session, title="Slides of day 1", url="https://files.example.org/a", language="fr")
    MaterialFactory(session=slot.session, kind="recording", title="Recording")

    found = ask("materials/")["items"]

    assert [(item["kind"], item["url"], item["language"]) for item in found] == [
        ("slides", "https://files.example.org/a", "fr"),
        ("recording", None, None),
    ]
    assert ask("sessions/air/")["materials"] == found


def test_current_season_has_an_address_that_stays(client, ask, slot):
    later = slot.session.season.ends_on + timedelta(days=100)
    SeasonFactory(slug="spring", starts_on=later, ends_on=later)

    assert ask("slots/", season="current") == ask("slots/")
    seasons = client.get("/api/v1/seasons/").json()["items"]
    assert [item["slug"] for item in seasons if item["is_current"]] == ["autumn"]


def test_rehearsal_that_is_under_way_does_not_take_the_place_of_the_last_season(client, ask, slot):
    yesterday = timezone.now() - timedelta(days=1)
    type(slot).objects.update(starts_at=yesterday, ends_at=yesterday + timedelta(hours=1))
    Season.objects.update(starts_on=yesterday.date(), ends_on=yesterday.date())
    SeasonFactory(slug="practice", is_rehearsal=True, starts_on=yesterday.date())

    assert ask(season="current")["slug"] == "autumn"
    assert ask("slots/", season="current", coming="true")["items"] == []


def test_season_with_the_name_of_that_address_has_it(ask, slot):
    SeasonFactory(slug="current", title="Currents of mercury")

    assert ask(season="current")["title"]["text"] == "Currents of mercury"


def test_published_figures_are_the_numbers_of_the_page(client, ask, slot):
    for country, number in {"404": 3, "756": 40, "604": 2, "250": 12}.items():
        RegistrationFactory.create_batch(number, occurrence=slot, participant__country=country)
    season, now = slot.session.season, timezone.now() + timedelta(days=3000)
    storing.store(season_id=season.pk, now=now)
    assert client.get("/api/v1/seasons/autumn/figures/").status_code == 404
    keeping.publish(season, now=now)

    page = client.get("/seasons/autumn/figures/")
    found = ask("figures/")

    assert html.escape(found["sentence"]) in page.text
    on_page = {table.kind: table for table in page.context["found"].tables}
    assert {table["kind"] for table in found["tables"]} == on_page.keys()
    for table in found["tables"]:
        rows = {row.name: row.cells for row in on_page[table["kind"]].rows}
        assert {row["name"]: in_words(row) for row in table["rows"]} == {
            name: numbers(cells, on_page[table["kind"]].headings, table) for name, cells in rows.items()
        }
    countries = next(table for table in found["tables"] if table["kind"] == "country")
    assert [(row["key"], row["values"][0]) for row in countries["rows"]] == [("250", 12), ("756", 40), (None, 5)]
    sessions = next(table for table in found["tables"] if table["kind"] == "session")
    assert [row["key"] for row in sessions["rows"]] == ["air"]


def in_words(row) -> tuple:
    """As the page has them: None is hidden."""
    return tuple(None if value is None else f"{value:,}" for value in row["values"])


def numbers(cells, headings, table) -> tuple:
    """Without percentages, which everybody can compute."""
    names = [column["name"] for column in table["columns"]]
    return tuple(cell for cell, heading in zip(cells, headings, strict=True) if heading in names)


def test_season_names_each_organiser_and_a_session_its_region(ask, slot):
    Season.objects.update(organiser="Basel Centre https://basel.example/\nGlobal Mercury Partnership")
    type(slot.session).objects.update(audience="africa")

    season, [session] = ask(), ask("sessions/", lang="fr")["items"]

    assert season["organiser"] == {"text": "Basel Centre and Global Mercury Partnership", "language": "en"}
    assert season["organisers"] == [
        {"name": "Basel Centre", "url": "https://basel.example/"},
        {"name": "Global Mercury Partnership", "url": None},
    ]
    assert (session["audience"], session["audience_in_words"]) == ("africa", "États d’Afrique")
