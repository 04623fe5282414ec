"""What makes the times of a slot doubtful without forbidding them; each function gives sentences for the staff."""

from django.utils.translation import gettext as _

from sessions.admin import words
from sessions.admin.wall_times import slots_at_the_same_time
from sessions.clocks import on_clock


def about(session, starts_at, ends_at, *, now) -> list[str]:
    return [
        *_past(starts_at, now),
        *_night(session.season, starts_at, ends_at),
        *_same_time(session, starts_at, ends_at),
    ]


def _past(starts_at, now):
    return [_("This time is in the past.")] if starts_at <= now else []


def _night(season, starts_at, ends_at):
    clock = on_clock(starts_at, ends_at, season.timezone, season.place)
    if not clock.is_at_night:
        return []
    return [_("This is at night in %(place)s: %(hours)s.") % {"place": clock.place, "hours": clock.hours}]


def _same_time(session, starts_at, ends_at):
    return [
        _("At the same time as “%(title)s”, %(time)s.")
        % {"title": slot.session.title, "time": words.on_season_clock(slot)}
        for slot in slots_at_the_same_time(session, starts_at, ends_at)
    ]
