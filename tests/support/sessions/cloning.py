"""A season of one session, and its copy."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sessions.models import Occurrence
from sessions.seasons import cloning
from tests.factories import (
    OccurrenceFactory,
    SessionFactory,
)

GENEVA = ZoneInfo("Europe/Zurich")
NOW = datetime(2030, 1, 1, tzinfo=UTC)


def geneva(*parts):
    return datetime(*parts, tzinfo=GENEVA)


def source(*starts, **session):
    """A season with one session, in slots of an hour each."""
    online_session = SessionFactory(season__title="Minamata Online, Season 1", **session)
    for starts_at in starts:
        OccurrenceFactory(session=online_session, starts_at=starts_at)
    return online_session.season


def clone(season, starting=date(2030, 9, 1), **changes):
    return cloning.clone(**{"source": season, "slug": "copy", "starting": starting, "now": NOW} | changes)


def wall_times(season):
    slots = Occurrence.objects.filter(session__season=season).in_order()
    return [slot.starts_at.astimezone(GENEVA).strftime("%a %Y-%m-%d %H:%M") for slot in slots]
