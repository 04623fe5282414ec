"""What the tests of attendance share: the reports of four platforms about one time slot."""

from datetime import UTC, datetime
from pathlib import Path

from registrations.attendance import reading
from sessions import tables

FILES = Path(__file__).parents[2] / "files" / "attendance"
SLOT = datetime(2020, 9, 17, 13, tzinfo=UTC), datetime(2020, 9, 17, 14, 30, tzinfo=UTC)
LIMITS = tables.Limits(rows=20_000, columns=60, octets=10_000_000)
GENEVA = reading.Said(zone="Europe/Zurich")


def report_of(name, said=GENEVA, slot=SLOT):
    return reading.read(tables.read((FILES / name).read_bytes(), LIMITS).rows, said, slot=slot)
