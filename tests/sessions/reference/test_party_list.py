"""Lists of Parties as people paste them."""

from datetime import date

import pytest

from sessions.reference import party_list

DAY = date(2017, 8, 16)


@pytest.mark.parametrize(
    "text",
    [
        "Kenya; 2017-08-16",
        "Kenya\t16 Aug 2017",
        "kenya, 16/08/2017",
        "KE; 16.08.2017",
        "404;16 August 2017",
        "Кения;2017-08-16",
        "Kenya\t10 Oct 2013\t16 Aug 2017 a",
        "Kenya,10 Oct 2013,16 Aug 2017 A",
        '"Kenya","2017-08-16"',
    ],
)
def test_country_and_day_are_understood(text):
    [line] = party_list.read(f"\n{text}\n\n")

    assert (line.number, line.country, line.since) == (2, "404", DAY)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("China, Hong Kong Special Administrative Region, 2017-08-16", "344"),
        ("Côte d’Ivoire; 2017-08-16", "384"),
        ("Cote d'Ivoire; 2017-08-16", "384"),
        ("Iran (Islamic Republic of); 2017-08-16", "364"),
    ],
)
def test_names_with_commas_accents_and_brackets_are_known(text, country):
    assert [(line.country, line.since) for line in party_list.read(text)] == [(country, DAY)]


@pytest.mark.parametrize("text", ["Atlantis; 2017-08-16", "; 2017-08-16", "000; 2017-08-16x", "\u0661; 2017-08-16"])
def test_what_is_no_country_has_no_code(text):
    assert [bool(line.country and line.since) for line in party_list.read(text)] == [False]


@pytest.mark.parametrize("text", ["Kenya", "Kenya;", "Kenya; soon", "Kenya; 2017-02-30", "Kenya; 08/16/2017"])
def test_what_is_no_day_is_none(text):
    assert [(line.since) for line in party_list.read(text)] == [None]


def test_what_is_written_is_read_again():
    parties = {"404": DAY, "344": date(2020, 1, 2), "384": DAY}

    text = party_list.written(parties.items())

    assert {line.country: line.since for line in party_list.read(text)} == parties
