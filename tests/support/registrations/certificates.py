"""A session of an hour that is over, people who were there, and certificates of it."""

from datetime import UTC, datetime, timedelta

from registrations.certificates import deserving, making
from registrations.certificates.deserving import Attended
from sessions.models.parts import Part
from tests.factories import OccurrenceFactory, RegistrationFactory

STARTS_AT = datetime(2030, 10, 8, 7, tzinfo=UTC)
AFTER = STARTS_AT + timedelta(days=1)
MINUTE = 60


def held(**more):
    """A time slot of an hour."""
    return OccurrenceFactory(starts_at=STARTS_AT, ends_at=STARTS_AT + timedelta(hours=1), **more)


def held_on_three_days():
    """A time slot of an hour on each of three days."""
    hour, starts = timedelta(hours=1), [STARTS_AT + timedelta(days=days) for days in range(3)]
    parts = tuple(Part(number, start, start + hour) for number, start in enumerate(starts, 1))
    return OccurrenceFactory(starts_at=starts[0], ends_at=starts[2] + hour, parts=parts)


def was_there(slot, minutes=45, **more):
    return RegistrationFactory(occurrence=slot, attended_seconds=minutes * MINUTE, **more)


def certify(registration):
    """A certificate of it, whatever time it is."""
    attended = [Attended(registration, 45)]
    terms = {"session": registration.session, "percent": 50, "now": registration.registered_at, "by": None}
    [certificate] = making.store([making.of_person(registration.participant, attended, **terms)])
    return certificate


def certificate_of(registration, *, of_season=False, now=AFTER, by=None, issue=None):
    """Stored, with the entries that its person deserves."""
    season, session = registration.session.season, None if of_season else registration.session
    [found] = deserving.candidates(season, session, now=now, only=[registration.participant_id])
    terms = {"session": session, "percent": season.certificate_percent, "now": now, "by": by, "issue": issue}
    [certificate] = making.store([making.of_person(found.participant, found.attended, **terms)])
    return certificate
