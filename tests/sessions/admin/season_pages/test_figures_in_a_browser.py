"""The figures of a season of the usual size: on two sheets of paper, and for everybody on a screen."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe

from registrations.models import Participant, Registration
from sessions.reference import countries
from tests.factories import (
    OccurrenceFactory,
    ParticipantFactory,
    RegistrationFactory,
    SeasonFactory,
    SessionFactory,
    StreamFactory,
)
from tests.support.accessibility import RULES
from tests.support.sessions.admin_pages import page as address
from tests.support.sessions.desks import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SESSIONS, COUNTRIES = 13, 124
FIRST = datetime(2020, 9, 15, 12, 0, tzinfo=UTC)
TITLE = "Mercury in products and how to do without it, session {}"


@pytest.fixture
def season():
    season = SeasonFactory(starts_on=FIRST.date())
    streams = [StreamFactory(season=season) for _ in range(3)]
    slots = []
    for number in range(SESSIONS):
        session = SessionFactory(season=season, stream=streams[number % 3], title=TITLE.format(number))
        slots += [
            OccurrenceFactory(session=session, starts_at=FIRST + timedelta(days=6 * number, hours=hours))
            for hours in (0, 6)
        ]
    codes = [code for code, _name in countries.choices("en")][:COUNTRIES]
    people = Participant.objects.bulk_create(ParticipantFactory.build(season=season, country=code) for code in codes)
    Registration.objects.bulk_create(
        RegistrationFactory.build(participant=person, occurrence=slots[number % len(slots)], joined_at=FIRST)
        for number, person in enumerate(people)
    )
    return season


@pytest.fixture
def desk(open_page, site, admin_client, season):
    desk = signed_in(open_page(width=1280), site, admin_client)
    desk.goto(site + address("season_figures", season.pk))
    return desk


def test_figures_take_two_sheets(desk):
    printed = desk.pdf(prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 2


def test_figures_are_for_everybody(desk):
    assert Axe().run(desk, context="#content-main", options=RULES | {"preload": False}).response["violations"] == []
