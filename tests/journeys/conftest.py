"""People with a browser and a mailbox of their own, in the seasons of 2020 and its rehearsal."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from sessions.models import Season
from tests.journeys.people import Person
from tests.support import workers
from tests.support.smtp import SmtpServer
from tests.support.waiting import wait_until

SEASON_FILE = "sessions/data/season-2020.toml"
# A session with two time slots.
TWICE = "Article 8 Emissions"


@pytest.fixture
def seasons(transactional_db, capsys):
    """The season of 2020 as it was, and one to practise that begins next week; its mails leave, as of a real one."""
    next_week = timezone.now().date() + timedelta(days=7)
    call_command("load_season", SEASON_FILE)
    call_command("clone_season", "2020", slug="rehearsal", starting=next_week, rehearsal=True, publish=True)
    Season.objects.filter(slug="rehearsal").update(is_rehearsal=False)
    return Season.objects.in_bulk(["2020", "rehearsal"], field_name="slug")


@pytest.fixture(scope="package")
def standing_smtp_server():
    server = SmtpServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def smtp_server(standing_smtp_server, settings):
    """For all stories at one port, which the standing worker knows."""
    standing_smtp_server.forget()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", standing_smtp_server.port
    return standing_smtp_server


@pytest.fixture(scope="package")
def standing_worker(django_db_setup, live_server, standing_smtp_server):
    process = workers.worker(workers.environment_for(standing_smtp_server) | {"SITE_URL": live_server.url})
    process.start()
    yield process
    process.close()


@pytest.fixture
def worker(transactional_db, smtp_server, standing_worker):
    """One for all stories, since each start takes two seconds of CPU; at the end of a story it has nothing to do."""
    workers.empty_broker()
    yield standing_worker
    wait_until(workers.nothing_to_do)


@pytest.fixture
def person(open_page, site, seasons, worker, smtp_server):
    """Call it with a time zone for somebody who sits there with a browser and a mailbox."""

    def sits_in(zone, javascript=True, **page):
        return Person(open_page(timezone=zone, javascript=javascript, **page), site, smtp_server, zone)

    return sits_in


@pytest.fixture
def registered(person):
    """Somebody in Nairobi who is registered for a session that is held twice, and has the mail."""

    def signs_up(javascript=True, **page):
        somebody = person("Africa/Nairobi", javascript=javascript, **page)
        if not javascript:
            somebody.says_where_they_are()
        somebody.opens("/sign-up/rehearsal/")
        somebody.ticks(TWICE)
        somebody.fills_in()
        somebody.presses("Sign me up")
        somebody.receives(1)
        return somebody

    return signs_up
