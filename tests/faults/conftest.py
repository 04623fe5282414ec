"""Servers of their own for tests that break them, and the count at the end: everybody has exactly their mail."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from registrations.mail import health
from registrations.models import Message, Registration
from tests.factories import OccurrenceFactory
from tests.faults.crowd import Crowd
from tests.faults.servers import ServersToBreak
from tests.faults.waiting import wait_until
from tests.support import workers
from tests.support.databases import asking

REPAIR_SECONDS = 60


@pytest.fixture(scope="session")
def running_servers(tmp_path_factory):
    servers = ServersToBreak(tmp_path_factory.mktemp("servers"))
    yield servers
    servers.stop()


@pytest.fixture
def servers(running_servers, django_db_blocker):
    """All is well in it and nobody is registered; the ORM of the test asks its database."""
    running_servers.repair()
    with asking(django_db_blocker, **running_servers.database):
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE online_sessions_season CASCADE")
        yield running_servers
    running_servers.repair()


@pytest.fixture
def crowd(servers):
    return Crowd(servers.port, OccurrenceFactory())


@pytest.fixture
def start_processes(servers, smtp_server):
    """Call it with "worker" and "beat" as often as each is wanted: they run beside the servers when it returns."""
    started = []

    def start(*kinds, **environment):
        everything = workers.environment_for(smtp_server) | servers.environment | environment
        new = [{"worker": workers.worker, "beat": workers.beat}[kind](everything) for kind in kinds]
        started.extend(new)
        with ThreadPoolExecutor(len(new)) as pool:
            list(pool.map(lambda process: process.start(), new))
        return new

    yield start
    for process in reversed(started):
        process.close()


@pytest.fixture
def everybody_has_their_mail(smtp_server):
    """Call it right after the repair, with the crowd: nobody is without a mail after a minute, and nobody has two.

    `doubles` is how many mails may have come once more, and then they are the same to the letter.
    """

    def count(crowd, *, doubles=0):
        accepted = set(crowd.accepted)
        smtp_server.wait_until(lambda mails: {mail.rcpt_tos[0] for mail in mails} >= accepted, timeout=REPAIR_SECONDS)
        connection.close()
        # A mail that has come is recorded as sent some milliseconds later.
        wait_until(lambda: not Message.objects.unsent().exists(), REPAIR_SECONDS)
        mails = Counter((mail.rcpt_tos[0], mail.octets) for mail in smtp_server.mails)
        assert Counter(address for address, _octets in mails) == dict.fromkeys(accepted, 1)
        assert sum(mails.values()) - len(mails) <= doubles
        registered = Registration.objects.confirmed().values_list("participant__email", flat=True)
        assert Counter(registered) == dict.fromkeys(accepted, 1)
        assert not health.lacking_a_mail(timezone.now() + 2 * health.LATE_AFTER)

    return count
