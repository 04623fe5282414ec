"""Time zones that people may choose, and their names."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from sessions.clocks import zones

WINTER = datetime(2020, 12, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "stored"),
    [("Asia/Calcutta", "Asia/Kolkata"), ("Asia/Katmandu", "Asia/Kathmandu"), ("Europe/Kiev", "Europe/Kyiv"),
     ("Africa/Nairobi", "Africa/Nairobi"), ("Etc/UTC", "UTC"), ("US/Eastern", "America/New_York"),
     ("Europe/Geneva", None), ("", None), ("../../etc/passwd", None)],
)  # fmt: skip
def test_current_name_of_what_a_browser_sends(given, stored):
    assert zones.current_name(given) == stored


@pytest.mark.parametrize(
    ("zone", "label"),
    [("Asia/Kathmandu", "Kathmandu, UTC+5:45"), ("America/Lima", "Lima, UTC\N{MINUS SIGN}5"),
     ("Africa/Abidjan", "Abidjan, UTC"), ("America/Argentina/Buenos_Aires", "Buenos Aires, UTC\N{MINUS SIGN}3"),
     ("America/St_Johns", "St Johns, UTC\N{MINUS SIGN}3:30"), ("UTC", "UTC")],
)  # fmt: skip
def test_label_is_city_and_offset(zone, label):
    assert zones.label(zone, WINTER) == label


def test_offset_is_that_of_the_moment():
    summer = datetime(2020, 9, 1, tzinfo=UTC)

    assert (zones.offset("Europe/Zurich", summer), zones.offset("Europe/Zurich", WINTER)) == ("UTC+2", "UTC+1")


def test_every_offered_zone_can_be_stored():
    offered = zones.city_zones()

    assert len(offered) > 400
    assert {zones.current_name(name) for name in offered} == set(offered)


def test_every_known_name_leads_to_a_zone_of_the_same_clock():
    for name in zones.zone_names():
        current = zones.current_name(name)

        assert WINTER.astimezone(ZoneInfo(current)).utcoffset() == WINTER.astimezone(ZoneInfo(name)).utcoffset()


def test_zone_is_guessed_only_for_countries_with_one():
    assert zones.zone_of_country("KE") == "Africa/Nairobi"
    assert zones.zone_of_country("US") is None
    assert zones.zone_of_country("XX") is None
