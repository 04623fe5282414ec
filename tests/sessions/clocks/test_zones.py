"""Time zones that people may choose, and their names."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from sessions.clocks import zones
from sessions.reference import countries

WINTER = datetime(2020, 12, 1, tzinfo=UTC)
WITHOUT_RESIDENTS = {"AQ", "BV", "GS", "HM", "IO", "TF", "UM"}
WITH_FEW_RESIDENTS = {
    *("America/Adak", "America/Atikokan", "America/Blanc-Sablon", "America/Danmarkshavn", "America/Thule"),
    *("Australia/Eucla", "Australia/Lord_Howe", "Pacific/Kanton"),
}


def clock(zone):
    """How far it is from UTC at each time of the year."""
    return tuple(datetime(2027, month, 15, tzinfo=UTC).astimezone(ZoneInfo(zone)).utcoffset() for month in range(1, 13))


@pytest.mark.parametrize(
    ("given", "stored"),
    [("Asia/Calcutta", "Asia/Kolkata"), ("Asia/Katmandu", "Asia/Kathmandu"), ("Europe/Kiev", "Europe/Kyiv"),
     ("Africa/Nairobi", "Africa/Nairobi"), ("Etc/UTC", "UTC"), ("US/Eastern", "America/New_York"),
     ("Africa/Asmera", "Africa/Asmara"), ("America/Coral_Harbour", "America/Atikokan"),
     ("Pacific/Truk", "Pacific/Chuuk"), ("US/Pacific-New", "America/Los_Angeles"), ("Japan", "Asia/Tokyo"),
     ("Australia/Melbourne", "Australia/Melbourne"), ("Etc/GMT-3", "Etc/GMT-3"), ("Factory", None),
     ("Europe/Geneva", None), ("", None), ("../../etc/passwd", None)],
)  # fmt: skip
def test_current_name_of_what_a_browser_sends(given, stored):
    assert zones.current_name(given) == stored


@pytest.mark.parametrize(
    ("zone", "label"),
    [("Asia/Kathmandu", "Kathmandu, UTC+5:45"), ("America/Lima", "Lima, UTC\N{MINUS SIGN}5"),
     ("Africa/Dakar", "Dakar, UTC"), ("America/Argentina/Buenos_Aires", "Buenos Aires, UTC\N{MINUS SIGN}3"),
     ("America/St_Johns", "St. John's, UTC\N{MINUS SIGN}3:30"), ("UTC", "UTC"), ("Etc/UTC", "UTC"),
     ("Asia/Shanghai", "Beijing, UTC+8"), ("Asia/Calcutta", "New Delhi, UTC+5:30"), ("Africa/Lagos", "Abuja, UTC+1"),
     ("America/Sao_Paulo", "Brasília, UTC\N{MINUS SIGN}3"), ("Europe/Zurich", "Geneva, UTC+1"),
     ("America/Argentina/Cordoba", "Cordoba, UTC\N{MINUS SIGN}3"), ("Etc/GMT-3", "UTC+3"),
     ("Etc/GMT+11", "UTC\N{MINUS SIGN}11"), ("Etc/GMT", "UTC"), ("America/Nowhere", "UTC")],
)  # fmt: skip
def test_label_is_city_and_offset(zone, label):
    assert zones.label(zone, WINTER) == label


@pytest.mark.parametrize(
    ("language", "cities"),
    [
        ("en", ["Nairobi", "New Delhi", "Geneva", "Beijing"]),
        ("fr", ["Nairobi", "New Delhi", "Genève", "Beijing"]),
        ("ru", ["Найроби", "Нью-Дели", "Женева", "Пекин"]),
        ("ar", ["نيروبي", "نيودلهي", "جنيف", "بيجين"]),
        ("zh-hans", ["内罗毕", "新德里", "日内瓦", "北京"]),
    ],
)
def test_cities_have_their_names_in_the_readers_language(language, cities):
    with translation.override(language):
        named = [zones.city(zone) for zone in ("Africa/Nairobi", "Asia/Kolkata", "Europe/Zurich", "Asia/Shanghai")]

        assert named == cities
        assert zones.in_language("Room 5, Nowhere") == "Room 5, Nowhere"
        assert zones.season_place("Europe/Zurich") == "Geneva", "what is stored is in English"


@pytest.mark.parametrize(
    ("language", "cities"),
    [
        ("ar", ["أولان باتور", "بودغوريتسا", "مقديشو", "نوك", "سامارا"]),
        ("ru", ["Улан-Батор", "Подгорица", "Могадишо", "Нуук", "Самара"]),
        ("fr", ["Oulan-Bator", "Podgorica", "Mogadiscio", "Nuuk", "Samara"]),
    ],
)
def test_names_that_cldr_misspells_in_arabic_are_right_in_each_language(language, cities):
    zones_of = ["Asia/Ulaanbaatar", "Europe/Podgorica", "Africa/Mogadishu", "America/Nuuk", "Europe/Samara"]
    with translation.override(language):
        assert [zones.city(zone) for zone in zones_of] == cities


@pytest.mark.parametrize(
    ("language", "cities"),
    [
        ("ru", ["Владивосток", "Сен-Пьер"]),
        ("es", ["Vladivostok", "Saint-Pierre"]),
        ("zh-hans", ["符拉迪沃斯托克", "圣皮埃尔"]),
    ],
)
def test_cities_that_cldr_takes_for_another_or_calls_otherwise(language, cities):
    """CLDR has Miquelon for Saint-Pierre, and 海参崴 for Vladivostok."""
    with translation.override(language):
        assert [zones.in_language(city) for city in ("Vladivostok", "Saint-Pierre")] == cities


@pytest.mark.parametrize("language", ["ru", "ar", "zh-hans"])
def test_no_city_is_left_in_latin_letters(language):
    with translation.override(language):
        named = {city for zone in zones.city_zones() if zone != "UTC" for city in zones.cities(zone)}

    assert len(named) > 400
    assert [city for city in named if re.search("[A-Za-z]", city)] == []


def test_offset_is_that_of_the_moment():
    summer = datetime(2020, 9, 1, tzinfo=UTC)

    assert (zones.offset("Europe/Zurich", summer), zones.offset("Europe/Zurich", WINTER)) == ("UTC+2", "UTC+1")


def test_every_listed_zone_can_be_stored_and_stands_once():
    listed = [place.zone for place in zones.listed()]

    assert len(listed) > 250
    assert [zones.current_name(name) for name in listed] == listed
    assert len(set(listed)) == len(listed)


def test_every_listed_zone_is_one_of_its_country():
    assert [place for place in zones.listed() if zones.country(place.zone) != place.country] == []


def test_every_country_has_a_zone_in_the_list():
    listed = {place.country for place in zones.listed()}
    codes = {countries.by_code(code).iso2 for code, _name in countries.choices("en")} - {""}

    assert codes - listed == WITHOUT_RESIDENTS


def test_every_clock_of_a_country_where_people_live_is_in_the_list():
    listed = {(place.country, clock(place.zone)) for place in zones.listed()}
    missing = [zone for zone in zones.city_zones() if (zones.country(zone), clock(zone)) not in listed]

    assert {zone for zone in missing if zones.country(zone) not in WITHOUT_RESIDENTS} == {"UTC", *WITH_FEW_RESIDENTS}


def test_stations_and_counties_are_not_in_the_list():
    assert [place.zone for place in zones.listed() if place.zone.startswith(("Antarctica/", "America/Indiana/"))] == []


@pytest.mark.parametrize(
    ("stored", "used"),
    [("Africa/Nairobi", "Africa/Nairobi"), ("Asia/Calcutta", "Asia/Calcutta"),
     ("US/Pacific-New", "America/Los_Angeles"), ("America/Nowhere", "UTC")],
)  # fmt: skip
def test_zone_that_vanished_falls_back(stored, used):
    assert zones.usable(stored) == used


def test_every_known_name_leads_to_a_zone_of_the_same_clock():
    for name in zones.zone_names():
        current = zones.current_name(name)

        assert WINTER.astimezone(ZoneInfo(current)).utcoffset() == WINTER.astimezone(ZoneInfo(name)).utcoffset()


def test_zone_is_guessed_only_for_countries_with_one_clock():
    assert zones.zone_of_country("KE") == "Africa/Nairobi"
    assert zones.zone_of_country("DE") == "Europe/Berlin"
    assert zones.zone_of_country("US") is None
    assert zones.zone_of_country("XX") is None
