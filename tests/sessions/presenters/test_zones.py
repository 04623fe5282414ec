"""The list in which a reader finds their time zone by country and city."""

from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from sessions.presenters.zones import ZoneGroup, as_choices, zone_groups

WINTER = datetime(2026, 12, 1, tzinfo=UTC)
KENYA, BRAZIL = "404", "076"


def words(**asked):
    return dict(choice for group in zone_groups(WINTER, **asked) for choice in group.choices)


@pytest.mark.parametrize(
    ("zone", "found_as"),
    [("Asia/Shanghai", "China: Beijing, Shanghai (UTC+8)"), ("Africa/Lagos", "Nigeria: Abuja, Lagos (UTC+1)"),
     ("Asia/Kolkata", "India: New Delhi, Mumbai, Kolkata (UTC+5:30)"), ("Pacific/Apia", "Samoa (UTC+13)"),
     ("Europe/Zurich", "Switzerland: Geneva, Bern, Zurich (UTC+1)"), ("Asia/Singapore", "Singapore (UTC+8)"),
     ("America/Sao_Paulo", "Brazil: Brasília, São Paulo, Rio de Janeiro (UTC\N{MINUS SIGN}3)"), ("UTC", "UTC")],
)  # fmt: skip
def test_zone_is_found_by_country_and_city(zone, found_as):
    assert words()[zone] == found_as


@pytest.mark.parametrize("language", ["en", "ar", "es", "fr", "ru", "zh-hans"])
def test_every_zone_has_a_name(language):
    """Also those of places that the list of countries does not have."""
    with override(language):
        nameless = [zone for zone, line in words().items() if not line.partition("(")[0].strip()]

    assert nameless == []
    assert words()["Asia/Taipei"] != words()["Asia/Shanghai"]


def test_zones_stand_by_country_the_capital_first():
    listed = list(words().values())

    assert [line.partition(" (")[0] for line in listed[:3]] == ["Afghanistan", "Åland Islands", "Albania"]
    assert next(line for line in listed if line.startswith("Brazil")).startswith("Brazil: Brasília")


def test_zones_of_the_country_chosen_come_first():
    own, rest = zone_groups(WINTER, country=BRAZIL)

    assert (own.heading, [zone for zone, _words in own.choices]) == (
        "Brazil",
        ["America/Sao_Paulo", "America/Manaus", "America/Rio_Branco", "America/Noronha"],
    )
    assert rest.heading == "All countries and areas"


@pytest.mark.parametrize("country", ["", "000", "999", None])
def test_no_country_leaves_the_list_as_it_is(country):
    assert zone_groups(WINTER, country=country) == zone_groups(WINTER)


@pytest.mark.parametrize(
    ("zone", "line"),
    [("America/Argentina/Cordoba", "Argentina: Cordoba (UTC\N{MINUS SIGN}3)"), ("Etc/GMT-3", "UTC+3"),
     ("Antarctica/Troll", "Antarctica: Troll (UTC)")],
)  # fmt: skip
def test_zone_that_is_not_listed_comes_first(zone, line):
    assert zone_groups(WINTER, zone=zone)[0] == ZoneGroup("", [(zone, line)])


@pytest.mark.parametrize("zone", ["", "UTC", "Africa/Nairobi", "America/Nowhere"])
def test_zone_that_is_listed_or_none_adds_nothing(zone):
    assert zone_groups(WINTER, zone=zone) == zone_groups(WINTER)


def test_groups_are_choices_of_a_field():
    choices = as_choices(zone_groups(WINTER, zone="Etc/GMT-3", country=KENYA))

    assert choices[:2] == [("Etc/GMT-3", "UTC+3"), ("Kenya", [("Africa/Nairobi", "Kenya (UTC+3)")])]
