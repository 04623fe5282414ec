"""A site that runs by itself, for programs of the system that look at it."""

import pytest

from tests.faults.conftest import crowd, everybody_has_their_mail, servers, start_processes  # noqa: F401 - fixtures
from tests.faults.servers import ServersToBreak


@pytest.fixture(scope="session")
def site_to_watch(tmp_path_factory):
    site = ServersToBreak(tmp_path_factory.mktemp("servers"))
    yield site
    site.stop()
