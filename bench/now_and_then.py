"""What takes seconds and is done now and then: the clock of a rehearsal moved by a week, and an archive."""

import io
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from django.core.management import call_command

from bench import arithmetic, seed
from registrations.models import ClockMove, Message
from registrations.rehearsals import moving
from sessions.clocks import moment
from sessions.models import Occurrence, Season

REHEARSAL, PEOPLE_A_SESSION, WEEK = "rehearsal", 16, timedelta(days=7)
SECONDS = 120
# In bare pages, for each mail that is put into the box and for each file of the archive: a mail to one of many has 2,
# and this one is stored in the box as well; most files are pages that nobody asked for before.
CLOCK_TARGET, ARCHIVE_TARGET = 3, 4


def measure(servers, bare_ms) -> list[dict]:
    return [row(bare_ms, **_clock(servers)), row(bare_ms, **_archive(servers))]


def row(bare_ms, *, name, what, unit, number, cpu_ms, target) -> dict:
    """Milliseconds in all; the ratio is that of one unit to the bare page."""
    ratio = cpu_ms / number / bare_ms
    known = {"name": name, "what": what, "unit": unit, "number": number, "cpu_ms": cpu_ms}
    return known | {"ratio": ratio, "target": target, "verdict": arithmetic.verdict(ratio, target)}


def _clock(servers) -> dict:
    """By the worker, as for staff; reminders of each registration become due, and nothing else."""
    season = _rehearsal()
    before = servers.cpu("worker", "database")
    ends = moment.of(season) + WEEK
    move = moving.begin(season_id=season.pk, to=ends, seen=season.clock_ahead, by=None)
    _wait_for(move)
    used = sum(servers.cpu(*before).values()) - sum(before.values())
    return {
        "name": "rehearsal clock",
        "what": "the clock of a rehearsal moved by a week with 13 sessions and 208 registrations",
        "unit": "mail",
        "number": Message.objects.filter(rehearsal=season).count(),
        "cpu_ms": 1000 * used,
        "target": CLOCK_TARGET,
    }


def _rehearsal() -> Season:
    """A slot of each session begins within a week, two a day, each with people of its own."""
    season = seed.coming(REHEARSAL)
    Season.objects.filter(pk=season.pk).update(is_rehearsal=True)
    for number, slot in enumerate(seed.first_slots(season).values(), 1):
        starts_at = moment.now() + timedelta(days=1, hours=11 * number)
        times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)}
        Occurrence.objects.filter(pk=slot.pk).update(**times)
        seed.people(season, PEOPLE_A_SESSION, slots=[slot], tag=f"rehearsal{number}-")
    return Season.objects.get(pk=season.pk)


def _wait_for(move):
    deadline = time.monotonic() + SECONDS
    while ClockMove.objects.filter(pk=move.pk, ended_at=None).exists():
        if time.monotonic() > deadline:
            raise TimeoutError(f"The clock was not where it should be after {SECONDS} s.")
        time.sleep(0.1)


def _archive(servers) -> dict:
    """In this process, which has the programme and the templates not yet read, as the command."""
    before, own, said = servers.cpu("database"), time.process_time(), io.StringIO()
    with tempfile.TemporaryDirectory() as folder:
        call_command("export_archive", seed.PAST, f"{folder}/archive", stdout=said)
        used = time.process_time() - own + servers.cpu("database")["database"] - before["database"]
        files = sum(path.is_file() for path in Path(folder).rglob("*"))
    return {
        "name": "archive",
        "what": "the season of 2020 as files in six languages",
        "unit": "file",
        "number": files,
        "cpu_ms": 1000 * used,
        "target": ARCHIVE_TARGET,
    }
