"""The poster as PDF asked for many times: at once it is drawn once, and a client has only so many drawn."""

from dataclasses import replace

import pytest
from django.test import Client

from registrations.limits import rates
from tests.factories import OccurrenceFactory
from tests.support.races import race


@pytest.fixture
def address(transactional_db):
    return f"/poster/{OccurrenceFactory().session.season.slug}/poster.pdf"


@pytest.fixture
def one_each(monkeypatch):
    """Who draws a second one is refused."""
    monkeypatch.setattr(rates, "POSTERS_OF_A_CLIENT", replace(rates.POSTERS_OF_A_CLIENT, times=1))


def asked(address, zone="Africa%2FNairobi", client="192.0.2.1"):
    browser = Client(REMOTE_ADDR=client)
    browser.cookies["zone"] = zone
    return browser.get(address)


def test_eight_who_ask_at_once_have_one_drawn(address, one_each):
    answers = race(8, lambda _number: asked(address))

    assert [answer.status_code for answer in answers] == [200] * 8
    assert len({answer.content for answer in answers}) == 1


def test_only_what_is_drawn_anew_counts_and_too_many_are_refused_in_words(address, one_each):
    first, again = asked(address), asked(address)

    refused, other = asked(address, "Asia%2FTokyo"), asked(address, "Asia%2FTokyo", client="192.0.2.2")

    assert [answer.status_code for answer in (first, again, refused, other)] == [200, 200, 429, 200]
    assert "Please wait ten minutes" in refused.text
    assert 0 < int(refused["Retry-After"]) <= 600
    assert asked(address, "Asia%2FTokyo").content == other.content
