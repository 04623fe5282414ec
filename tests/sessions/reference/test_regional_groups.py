"""The regional groups of the United Nations."""

import csv
from collections import Counter

from sessions.reference import countries, regional_groups


def test_each_member_state_is_in_one_group():
    codes = [code for code, _name in countries.choices("en")]

    found = Counter(regional_groups.of(code) for code in codes)

    assert {group: found[group] for group in regional_groups.NAMES if group != regional_groups.NONE} == {
        **{"africa": 54, "asia-pacific": 54, "eastern-europe": 23},
        **{"latin-america-caribbean": 33, "western-europe-others": 29, "observers": 2},
    }
    assert set(found) == set(regional_groups.NAMES)


def test_names_of_the_table_are_those_of_the_countries():
    with regional_groups.TABLE.open(encoding="utf-8", newline="") as rows:
        named = {row["m49"]: row["name_en"] for row in csv.DictReader(rows)}

    assert named == {code: countries.name(code, "en") for code in named}


def test_special_cases():
    found = {
        iso2: regional_groups.of(countries.by_iso2(iso2).code) for iso2 in ["US", "IL", "TR", "KI", "CY", "VA", "PS"]
    }

    western = dict.fromkeys(["US", "IL", "TR"], "western-europe-others")
    assert found == western | {"KI": "asia-pacific", "CY": "asia-pacific", "VA": "observers", "PS": "observers"}
    assert regional_groups.of(countries.NO_COUNTRY.code) == regional_groups.of("010") == "none"
    assert regional_groups.of("") == ""
