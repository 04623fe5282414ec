"""A site that runs by itself, for programs of the system that look at it."""

import pytest

from tests.faults.servers import ServersToBreak


@pytest.fixture(scope="session")
def site_to_watch(tmp_path_factory):
    servers = ServersToBreak(tmp_path_factory.mktemp("servers"))
    yield servers
    servers.stop()
