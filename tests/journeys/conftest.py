"""People with a browser and a mailbox of their own, in the seasons of 2020 and its rehearsal."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from sessions.models import Season
from tests.journeys.people import Person

SEASON_FILE = "sessions/data/season-2020.toml"
# A session with two time slots.
TWICE = "Article 8 Emissions"


@pytest.fixture
def seasons(transactional_db, capsys):
    """The season of 2020 as it was, and a rehearsal of it that begins next week."""
    next_week = timezone.now().date() + timedelta(days=7)
    call_command("load_season", SEASON_FILE)
    call_command("clone_season", "2020", slug="rehearsal", starting=next_week, rehearsal=True)
    return Season.objects.in_bulk(["2020", "rehearsal"], field_name="slug")


@pytest.fixture
def person(open_page, site, seasons, worker, smtp_server):
    """Call it with a time zone for somebody who sits there with a browser and a mailbox."""

    def sits_in(zone, javascript=True, **page):
        return Person(open_page(timezone=zone, javascript=javascript, **page), site, smtp_server, zone)

    return sits_in


@pytest.fixture
def registered(person):
    """Somebody in Nairobi who is registered for a session that is held twice, and has the mail."""

    def signs_up(javascript=True):
        somebody = person("Africa/Nairobi", javascript=javascript)
        if not javascript:
            somebody.says_where_they_are()
        somebody.opens("/sign-up/rehearsal/")
        somebody.ticks(TWICE)
        somebody.fills_in()
        somebody.presses("Sign me up")
        somebody.receives(1)
        return somebody

    return signs_up
