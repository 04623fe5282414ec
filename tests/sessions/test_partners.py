"""Partners as staff type them: one per line, the address at the end."""

import time

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from sessions import partners
from sessions.models import Season
from sessions.partners import Partner
from sessions.seasons import cloning
from tests.factories import OccurrenceFactory

GEN = "Geneva Environment Network https://gen.example.org/"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", []),
        ("  ICMGP \n\n", [Partner("ICMGP")]),
        (f"ICMGP\r\n{GEN}", [Partner("ICMGP"), Partner("Geneva Environment Network", "https://gen.example.org/")]),
        ("A\tB  and C HTTPS://c.example.org/", [Partner("A\tB  and C", "HTTPS://c.example.org/")]),
        ("GENhttps://gen.example.org/", [Partner("GEN", "https://gen.example.org/")]),
        ("https://gen.example.org/ GEN", [Partner("https://gen.example.org/ GEN")]),
        ("A & B, see javascript:alert(1)", [Partner("A & B, see javascript:alert(1)")]),
    ],
)
def test_lines_are_names_with_an_address_at_their_end(typed, read):
    assert partners.of_lines(typed) == read


def test_very_long_lines_are_read_at_once():
    began = time.process_time()

    partners.of_lines("a" + " " * 20_000 + "b")
    partners.of_lines("http://" * 20_000 + " b")

    assert time.process_time() - began < 1


@pytest.mark.parametrize("line", ["https://example.org/", "Name https://", "GEN https://gen.example.org and more"])
def test_address_without_name_and_half_an_address_are_refused(line):
    with pytest.raises(ValidationError) as refused:
        partners.validate_lines(f"{GEN}\n{line}")

    assert line in refused.value.messages[0]


def test_partner_of_a_session_has_the_address_that_the_season_gives():
    known = partners.of_lines(GEN)

    found = partners.linked(partners.of_lines("Geneva Environment Network\nICMGP\nB https://b.example.org/"), known)

    assert found == [*known, Partner("ICMGP"), Partner("B", "https://b.example.org/")]


@pytest.mark.django_db
def test_pages_of_season_and_session_name_the_partners_with_their_links(client):
    slot = OccurrenceFactory(session__season__partners=GEN, session__partners="ICMGP\nGeneva Environment Network")

    of_season = client.get(slot.session.season.get_absolute_url()).content.decode()
    of_session = client.get(slot.session.get_absolute_url()).content.decode()

    link = '<a href="https://gen.example.org/" rel="noreferrer" dir="auto">Geneva Environment Network</a>'
    assert (of_season.count(link), of_session.count(link)) == (1, 2)
    assert '<span dir="auto">ICMGP</span>' in of_session


@pytest.mark.django_db
def test_copy_of_a_season_has_its_partners():
    season = OccurrenceFactory(session__season__partners=GEN).session.season

    copy = cloning.clone(source=season, slug="copy", starting=season.starts_on, now=timezone.now())

    assert Season.objects.get(pk=copy.pk).partners == GEN
