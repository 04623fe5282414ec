"""The disk of var/ is full while script/server runs, and has room again."""

import contextlib
import os
import re
import signal
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.support.namespaces import on_disk_of
from tests.support.script_server import children, is_well, printed_at_start
from tests.support.servers import free_port
from tests.support.waiting import wait_until


def fill(path):
    with contextlib.suppress(OSError), path.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))


def status_of(site) -> int:
    try:
        return urllib.request.urlopen(site).status
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.fault
def test_server_goes_on_with_a_full_disk_and_is_well_when_there_is_room(start_server, tmp_path):
    server = start_server(behind=on_disk_of("48m"), PORT=str(free_port()))
    (site,) = re.findall(r"Site +(\S+)", printed_at_start(server))
    filler = Path(f"/proc/{server.pid}/root{tmp_path}/a tree 0/var/filler")
    killed = children(server)

    fill(filler)
    for pid in killed:
        os.kill(int(pid), signal.SIGKILL)
    wait_until(lambda: len(children(server) - killed) == 4, seconds=60)
    status = status_of(site)
    filler.unlink()
    wait_until(lambda: is_well(site), seconds=60)
    server.send_signal(signal.SIGINT)

    # The first process that opens the SQLite file needs 32 KB beside it. Some may be left by those that were killed.
    assert status in (200, 500)
    assert server.wait(timeout=40) == 0
