"""Fixtures for every test; the servers themselves are started earlier, in tests/plugin.py."""

import hypothesis
import pytest
from django.core.cache import cache

from tests.factories import OccurrenceFactory
from tests.support import chromium, running, staff, workers
from tests.support.servers import CannotStart
from tests.support.smtp import SmtpServer

# No test says how fast something is: what takes long on a busy machine is no failure.
TAKES_ITS_TIME = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("takes its time", **TAKES_ITS_TIME)
hypothesis.settings.load_profile("takes its time")


@pytest.fixture(autouse=True)
def no_limit_is_used_up():
    """The cache outlives the tests, and limits count in it."""
    cache.clear()


@pytest.fixture(autouse=True)
def first_slot_is_the_earliest():
    """The days of slots go round after two weeks: where a test begins depends on no test before it."""
    OccurrenceFactory.reset_sequence()


@pytest.fixture
def everything_runs(db):
    running.everything_ran()


@pytest.fixture
def admin_client(client, admin_user):
    """pytest-django's, with the second factor that the desk asks for."""
    return staff.sign_in(client, admin_user)


@pytest.fixture
def officer(client):
    """The browser of a registration officer."""
    return staff.registration_officer(client)


@pytest.fixture(scope="session")
def chromium_path():
    try:
        return chromium.find_chromium()
    except CannotStart as reason:
        pytest.fail(str(reason), pytrace=False)


@pytest.fixture(scope="session")
def browser(chromium_path):
    from playwright.sync_api import expect, sync_playwright

    # For a page that another process of the tests holds up; who waits goes on as soon as it is so.
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium_path, args=chromium.ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def open_page(browser):
    """Call it for a page in a fresh context; a console error or a violation of the CSP fails the test at its end.

    open_page(javascript=True, timezone="Africa/Nairobi", width=1280, color_scheme="light", locale="en-GB")
    """
    pages = chromium.Pages(browser)
    yield pages
    pages.close()
    assert pages.unexpected_faults() == []


@pytest.fixture
def site(live_server, settings):
    """The address of the running site; links in mails lead to it."""
    settings.SITE_URL = live_server.url
    return live_server.url


@pytest.fixture
def smtp_server(settings):
    """Receives the mails of this process and of `worker`; Django's own in-memory mailbox is out of the way."""
    server = SmtpServer()
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield server
    server.stop()


@pytest.fixture
def start_celery(transactional_db, smtp_server):
    """Call it with "worker" or "beat"; the broker is empty at first, and every process ends with the test."""
    workers.empty_broker()
    started = []
    yield lambda kind, **environment: _start(kind, workers.environment_for(smtp_server) | environment, started)
    for process in reversed(started):
        process.close()


def _start(kind, environment, started):
    process = {"worker": workers.worker, "beat": workers.beat}[kind](environment)
    started.append(process)
    process.start()
    return process


@pytest.fixture
def worker(start_celery):
    """A ready Celery worker of two processes: `kill`, `restart`, `lines`, `wait_for_line`."""
    return start_celery("worker")


@pytest.fixture
def beat(start_celery):
    """Celery beat, for what runs by CELERY_BEAT_SCHEDULE; it needs `worker` as well."""
    return start_celery("beat")
