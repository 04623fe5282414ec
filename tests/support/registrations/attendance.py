"""What the tests of attendance share: the reports of four platforms about one time slot."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from registrations.attendance import importing, matching, reading
from sessions import tables
from tests.factories import ParticipantFactory, RegistrationFactory

FILES = Path(__file__).parents[2] / "files" / "attendance"
SLOT = datetime(2020, 9, 17, 13, tzinfo=UTC), datetime(2020, 9, 17, 14, 30, tzinfo=UTC)
LIMITS = tables.Limits(rows=20_000, columns=60, octets=10_000_000)
GENEVA = reading.Said(zone="Europe/Zurich")


def report_of(name, said=GENEVA, slot=SLOT):
    return reading.read(tables.read((FILES / name).read_bytes(), LIMITS).rows, said, slot=slot)


def register(slot, name, email, **fields):
    person = ParticipantFactory(season=slot.session.season, name=name, email=email)
    return RegistrationFactory(participant=person, occurrence=slot, **fields)


def join(minutes, email="amina@example.org", name="Amina", *, start=0, slot=SLOT, file=0):
    """Somebody who came `start` minutes after the beginning."""
    begin = slot[0] + timedelta(minutes=start)
    return matching.Join(1, name, email, "attendee", begin, begin + timedelta(minutes=minutes), file)


def file(digest="a"):
    return importing.File("report.csv", f"{digest:0>64}", "utf-8", "webex", "Europe/Zurich", True, 1)


def take(slot, *joins, digests="a", decisions=None, replaces=(), now=SLOT[1] + timedelta(days=1)):
    """One report for each letter of `digests`."""
    return importing.take(
        occurrence_id=slot.pk,
        files=[file(digest) for digest in digests],
        visitors=matching.visitors(joins, slot),
        decisions=decisions or {},
        replaces=[report.pk for report in replaces],
        by=None,
        now=now,
    )


def minutes(registration):
    registration.refresh_from_db()
    seconds = registration.attended_seconds
    return seconds if seconds is None else seconds // 60
