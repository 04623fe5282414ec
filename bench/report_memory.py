"""Memory that reading a report of attendance takes, in a process of its own: python -m bench.report_memory SLOT USER.

Megabytes that the process holds at most, above what it held before it opened the page; the person has uploaded the
report. What it holds after the page counts for what follows, too.
"""

import gc
import json
import re
import sys
from pathlib import Path

import django

SHOWN = re.compile(r'name="shown" value="([0-9a-f]+)"')
# proc_pid_status(5): memory that is held, and the most of it since 5 was written to clear_refs.
STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
HELD, MOST = "VmRSS", "VmHWM"


def main(slot, username):
    django.setup()
    from django.contrib.auth import get_user_model
    from django.test import Client

    from bench.desk import ATTENDANCE
    from tests.support.staff import sign_in

    client = sign_in(Client(headers={"host": "127.0.0.1"}), get_user_model().objects.get(username=username))
    path = ATTENDANCE.format(slot=slot)
    client.get("/admin/")
    gc.collect()
    before = _megabytes(HELD)
    preview, page = _most(lambda: client.get(path))
    [shown] = SHOWN.findall(page.content.decode())
    del page
    commit, answer = _most(lambda: client.post(path, {"shown": shown}))
    assert answer.status_code == 302, answer.status_code
    print(json.dumps({"preview": preview - before, "commit": commit - before}))


def _most(work) -> tuple[float, object]:
    CLEAR.write_text("5")
    answer = work()
    return _megabytes(MOST), answer


def _megabytes(name) -> float:
    return int(re.search(rf"^{name}:\s+(\d+) kB$", STATUS.read_text(), re.MULTILINE)[1]) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
