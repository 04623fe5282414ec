"""What the page for the night has people type without Docker, where it is more than to start something again."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import redis

from tests.support.paths import ROOT
from tests.support.servers import RealServers

GUIDE = (ROOT / "docs" / "at-night.md").read_text()


@pytest.fixture
def broker(tmp_path):
    """Its address, where it has a password."""
    servers = RealServers(tmp_path)
    address = servers.start_valkey()
    with redis.from_url(address) as client:
        client.config_set("requirepass", "secret")
    yield address.replace("//", "//:secret@")
    servers.stop()


def test_our_broker_is_emptied_and_nothing_of_others(broker):
    ours, of_others = (redis.from_url(broker.replace("/0", place)) for place in ("/0", "/5"))
    ours.set("task", "ours")
    of_others.set("task", "theirs")
    [command] = re.findall(r"as-site\.sh (python -c '.+?')`", GUIDE)

    environment = {"REDIS_URL": broker, "PATH": f"{Path(sys.executable).parent}:{os.defpath}"}
    subprocess.run(command, shell=True, env=environment, check=True)

    assert (ours.dbsize(), of_others.dbsize()) == (0, 1)
    ours.close()
    of_others.close()
