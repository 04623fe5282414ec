"""At which moments something happens by itself in a season: the clock of a rehearsal stops at each."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import Min

from registrations.feedback import window
from registrations.models import Message
from sessions.clocks import reminder_times, wall_clock
from sessions.models import Occurrence, Session
from sessions.seasons import season_days

# As beat starts the data clock, in UTC (configuration/beat_schedule.py).
NIGHT = time(3, 17)


def following(season, *, after, until) -> datetime:
    """The first moment after `after` at which something is due, `until` at the latest."""
    found = [*_reminders(season), *_mails(season, after), *_feedback(season), *_erasing(season)]
    return min((at for at in found if after < at < until), default=until)


def nights(begins, ends) -> int:
    """How many times the data clock runs after `begins`, until `ends`."""
    return max(0, (ends - night_after(begins)).days + 1)


def night_after(at) -> datetime:
    """When the data clock runs next, after this moment in UTC."""
    night = datetime.combine(at.date(), NIGHT, tzinfo=at.tzinfo)
    return night if night > at else night + timedelta(days=1)


def _reminders(season):
    held = Occurrence.objects.filter(session__season=season, called_off_at=None)
    for starts_at in held.values_list("starts_at", flat=True):
        for hours in season.reminders_before:
            yield reminder_times.due_at(starts_at, hours)


def _mails(season, after):
    waiting = Message.objects.filter(rehearsal=season, due_at__gt=after).unsent()
    if first := waiting.aggregate(first=Min("due_at"))["first"]:
        yield first


def _feedback(season):
    asked = Session.objects.filter(season=season, feedback__isnull=False, feedback__opened_on=None)
    for session in asked.prefetch_related("occurrences"):
        session.season = season
        if day := window.last_day(session, window.slots_of(session)):
            yield window.closes_at(session, day)


def _erasing(season):
    """The first night after the term; until then what goes earlier goes with whatever else happens."""
    last = season_days.last(season) + timedelta(days=settings.DATA_TERM_DAYS)
    _begins, over = wall_clock.day_limits(last, season.timezone)
    yield night_after(over)
