"""The links beside a calendar's address, and where pages offer them."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from sessions.calendar.links import Subscription
from sessions.models import Session
from tests.factories import OccurrenceFactory, SeasonFactory

pytestmark = pytest.mark.django_db

SITE = "http://localhost:8081"


@pytest.fixture
def slot():
    return OccurrenceFactory(
        session__season__slug="2030",
        session__season__title="Season 5",
        session__slug="emissions",
        session__stream__slug="science",
    )


def test_links_lead_to_the_programs_with_every_value_encoded():
    subscription = Subscription("Season 5: Läufe & Ströme", "https://online.example.org/seasons/5/calendar.ics")

    assert [(link.name, link.url) for link in subscription.links] == [
        ("Apple Calendar, Thunderbird", "webcal://online.example.org/seasons/5/calendar.ics"),
        (
            "Google Calendar",
            "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Fonline.example.org%2Fseasons%2F5%2Fcalendar.ics",
        ),
        (
            "Outlook.com",
            "https://outlook.live.com/calendar/0/addfromweb"
            "?url=https%3A%2F%2Fonline.example.org%2Fseasons%2F5%2Fcalendar.ics"
            "&name=Season%205%3A%20L%C3%A4ufe%20%26%20Str%C3%B6me",
        ),
        (
            "Office 365",
            "https://outlook.office.com/calendar/0/addfromweb"
            "?url=https%3A%2F%2Fonline.example.org%2Fseasons%2F5%2Fcalendar.ics"
            "&name=Season%205%3A%20L%C3%A4ufe%20%26%20Str%C3%B6me",
        ),
    ]


def test_values_come_back_as_they_were():
    name = "Ртуть, 100% & more # ?"

    links = Subscription(name, "https://online.example.org/calendar.ics").links

    assert [parse_qs(urlsplit(link.url).query)["name"] for link in links[2:]] == [[name], [name]]


def test_every_subscription_answers_with_a_calendar(client, slot):
    session, stream, season = slot.session, slot.session.stream, slot.session.season
    offered = [
        Subscription.to_season(season),
        Subscription.to_season(season, stream),
        Subscription.to_session(session),
    ]

    answers = [client.get(each.url.removeprefix(SITE)) for each in offered]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    for each, answer in zip(offered, answers, strict=True):
        assert f"X-WR-CALNAME:{each.name}\r\n" in answer.text


@pytest.mark.parametrize(
    ("path", "feed"),
    [
        ("", "/seasons/2030/calendar.ics"),
        ("?stream=science", "/seasons/2030/streams/science/calendar.ics"),
        ("emissions/", "/seasons/2030/emissions/calendar.ics"),
    ],
)
def test_page_offers_its_calendar(client, slot, path, feed):
    page = client.get(f"/seasons/2030/{path}").text

    assert f'readonly value="{SITE}{feed}"' in page
    assert f'href="{SITE.replace("http", "webcal")}{feed}"' in page


def test_season_without_sessions_offers_its_calendar(client):
    season = SeasonFactory()

    assert f"{season.get_absolute_url()}calendar.ics" in client.get(season.get_absolute_url()).text


def test_what_is_over_or_by_invitation_offers_none(client, slot):
    slot.session.access = Session.Access.INVITATION
    slot.session.save()
    starts_at = timezone.now() - timedelta(days=3)
    past = OccurrenceFactory(starts_at=starts_at)

    pages = [
        client.get(address.get_absolute_url()).text for address in (slot.session, past.session, past.session.season)
    ]

    assert [page for page in pages if "/calendar.ics" in page] == []
