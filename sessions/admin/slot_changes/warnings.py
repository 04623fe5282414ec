"""What makes the times of a slot doubtful without forbidding them; each function gives sentences for the staff."""

from datetime import timedelta

from django.utils.translation import gettext as _

from sessions.admin import wording
from sessions.clocks.wall_clock import on_clock
from sessions.models import Occurrence

SHORTEST, LONGEST = timedelta(minutes=10), timedelta(hours=4)


def about(session, starts_at, ends_at, *, now) -> list[str]:
    return [
        *_past(starts_at, now),
        *_length(ends_at - starts_at),
        *_opening(session, starts_at),
        *_night(session.season, starts_at, ends_at),
        *_same_time(session, starts_at, ends_at),
    ]


def about_new(session, starts_at, ends_at, *, now) -> list[str]:
    return [*about(session, starts_at, ends_at, now=now), *_closed(session, starts_at, now)]


def _past(starts_at, now):
    return [_("This time is in the past.")] if starts_at <= now else []


def _length(length):
    minutes = round(length / timedelta(minutes=1))
    if length < SHORTEST:
        return [_("It lasts only %(minutes)s min. Please check the times.") % {"minutes": minutes}]
    if length > LONGEST:
        text = _("It lasts %(hours)s h %(minutes)s min, which is unusually long. Please check the times.")
        return [text % {"hours": minutes // 60, "minutes": minutes % 60}]
    return []


def _opening(session, starts_at):
    opens_at = session.registration_opens_at
    if opens_at is None or opens_at < starts_at:
        return []
    text = _(
        "It begins on %(begins)s, and registration opens only on %(opens)s. Nobody can register for it before it "
        "begins. To correct that, change “Registration opens” in the form of the session."
    )
    moments = {"begins": starts_at, "opens": opens_at}
    return [text % {name: wording.moment(moment, session.season) for name, moment in moments.items()}]


def _closed(session, starts_at, now):
    closes_at = session.registration_closes_at
    if closes_at is None or closes_at > now or starts_at <= now:
        return []
    text = _(
        "Registration closed on %(closed)s: nobody can register for this time slot. To correct that, change "
        "“Registration closes” in the form of the session."
    )
    return [text % {"closed": wording.moment(closes_at, session.season)}]


def _night(season, starts_at, ends_at):
    clock = on_clock(starts_at, ends_at, season.timezone, season.place)
    if not clock.is_at_night:
        return []
    return [_("This is at night in %(place)s: %(hours)s.") % {"place": clock.place, "hours": clock.hours}]


def _same_time(session, starts_at, ends_at):
    others = Occurrence.objects.filter(session__season=session.season_id).exclude(session=session)
    found = others.overlapping(starts_at, ends_at).select_related("session__season").in_order()
    return [
        _("At the same time as “%(title)s”, %(time)s.")
        % {"title": slot.session.title, "time": wording.on_season_clock(slot)}
        for slot in found
        if slot.is_held_at((starts_at, ends_at))
    ]
