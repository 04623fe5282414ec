"""The disk for files of staff has room, and then it has nearly none."""

import os
import signal
import subprocess
import sys
from types import SimpleNamespace

import pytest

from tests.faults import small_disk
from tests.faults.probing import metrics
from tests.support import alarms
from tests.support.paths import ROOT
from tests.support.servers import Guardian, free_port, signal_group, wait_until

pytestmark = pytest.mark.fault


@pytest.fixture
def web(servers, tmp_path):
    """A web server with a disk of its own for MEDIA_ROOT: 2 GB, of which memory is used as soon as there are files."""
    small_disk.require(tmp_path)
    disk, log, port = tmp_path / "disk", tmp_path / "web.log", free_port()
    disk.mkdir()
    gunicorn = [sys.executable, "-m", "gunicorn", "minamata_online.wsgi", "--bind", f"127.0.0.1:{port}"]
    command = [*small_disk.prefix(disk, size="2g"), *gunicorn, "--threads", "4", "--no-control-socket"]
    environment = os.environ | servers.environment | {"MEDIA_ROOT": str(disk)}
    guardian = Guardian()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    guardian.watch(process)
    wait_until(lambda: "Booting worker" in log.read_text(), process, log)
    yield SimpleNamespace(port=port, pid=process.pid, disk=disk)
    signal_group(process, signal.SIGKILL)
    process.wait()
    guardian.dismiss()


def test_disk_of_materials_that_is_nearly_full(web):
    assert "MediaDiskNearlyFull" not in alarms.ringing(metrics(web))

    inside = ["nsenter", "--user", "--preserve-credentials", "--mount", f"--target={web.pid}"]
    subprocess.run([*inside, "mount", "-o", "remount,size=900m", str(web.disk)], check=True)

    assert "MediaDiskNearlyFull" in alarms.ringing(metrics(web))
