"""Staff move the clock of a rehearsal forward: it stops wherever something is due, and what is due is done there.

What a step does are the use cases that Celery beat has done for all seasons, here for one. A step that was cut short is
done again, and finds done what was done.
"""

import time
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from registrations import audit
from registrations.certificates import issuing
from registrations.circulars import sending
from registrations.enrolment import waiting_list
from registrations.feedback import opening
from registrations.mail import boxing, outbox
from registrations.mailings import announcements, reminders
from registrations.models import CertificateIssue, ClockMove
from registrations.privacy import retention
from registrations.rehearsals import moments
from registrations.rescheduling import preparing
from sessions.clocks import moment, wall_clock
from sessions.models import Occurrence, Season, Session
from sessions.seasons import season_days
from sessions.seasons.season_clocks import Seasons

# A worker that moves a clock says so for so long, on the true clock; of a dead one another takes over.
LEASE = timedelta(seconds=45)
# Far enough for the erasing after the term, and a year more.
LONGEST = timedelta(days=366)
TASK = "move_clock"


class NotARehearsal(Exception):
    """Real seasons go by the true time."""


class NotForward(Exception):
    """That moment has passed in the season."""


class TooFar(Exception):
    """Nothing happens there any more."""


class MovedMeanwhile(Exception):
    """The clock is not where the form showed it, or is being moved."""


def furthest(season):
    """The last moment to which its clock can be moved: all has happened by then."""
    last = season_days.last(season) + timedelta(days=settings.DATA_TERM_DAYS)
    return wall_clock.day_limits(last, season.timezone)[1] + LONGEST


@transaction.atomic
def begin(*, season_id, to, seen, by) -> ClockMove:
    """Have the worker move the clock to that moment of the season; `seen` is how far ahead the form showed it.

    Locks the season. Raises NotARehearsal, MovedMeanwhile, NotForward or TooFar.
    """
    season = Season.objects.locked().get(pk=season_id)
    now = moment.of(season)
    if not season.is_rehearsal:
        raise NotARehearsal
    if season.clock_ahead != seen or under_way(season):
        raise MovedMeanwhile
    if to <= now:
        raise NotForward
    if to > furthest(season):
        raise TooFar
    known = {"begins_at": now, "reached_at": now, "ends_at": to, "asked_at": moment.now()}
    move = ClockMove.objects.create(season=season, asked_by=by, **known)
    audit.record("clock-moved", season, by=by, before={"clock": now}, after={"clock": to})
    outbox.tell_worker(TASK, move.pk)
    return move


def under_way(season) -> ClockMove | None:
    return ClockMove.objects.filter(season=season, ended_at=None).first()


def unfinished() -> list[int]:
    """Ids of the moves that nobody is at work on."""
    return list(_free().order_by("pk").values_list("pk", flat=True))


def go_on(*, move_id, seconds) -> bool:
    """Move on for so long, a step after the other; returns whether something is left."""
    ends = time.monotonic() + seconds
    if not _free().filter(pk=move_id).update(leased_until=moment.now() + LEASE):
        return False
    move = ClockMove.objects.select_related("season").get(pk=move_id)
    while move.ended_at is None and time.monotonic() < ends:
        _step(move)
    ClockMove.objects.filter(pk=move_id).update(leased_until=None)
    return move.ended_at is None


def _free():
    now = moment.now()
    return ClockMove.objects.filter(Q(leased_until=None) | Q(leased_until__lt=now), ended_at=None)


def _step(move):
    """To the next moment at which something is due, or to the end; at the end nothing is left that was due before."""
    season, before = move.season, move.reached_at
    at = moments.following(season, after=before, until=move.ends_at)
    Season.objects.set_ahead(season.pk, at - moment.now())
    season.refresh_from_db(fields=["clock_ahead", "is_rehearsal"])
    if not season.is_rehearsal:
        return _give_up(move)
    now = max(at, moment.of(season))
    do_what_is_due(season, now=now, is_night_over=moments.nights(before, at) > 0)
    move.reached_at, move.ended_at = at, moment.now() if at >= move.ends_at else None
    move.leased_until = moment.now() + LEASE
    move.save(update_fields=["reached_at", "ended_at", "leased_until"])


def _give_up(move):
    """What is due later must not happen now to people of a real season."""
    move.ended_at = moment.now()
    move.save(update_fields=["ended_at"])


def do_what_is_due(season, *, now, is_night_over):
    """All that beat has done in a season at this moment of it (tests hold that it is all)."""
    seasons = Seasons(rehearsal=season.pk)
    for pk in waiting_list.to_seat(now=now, seasons=seasons):
        _all_of(partial(waiting_list.seat, occurrence_id=pk, now=now))
    _prepare(season, now)
    reminders.post_due(now=now, seasons=seasons)
    boxing.put(season, now=now)
    opening.open_due(season)
    if is_night_over:
        retention.apply(now=now, seasons=seasons)


def _prepare(season, now):
    """Mails to many that the worker prepares."""
    slots = Occurrence.objects.filter(session__season=season)
    for change in preparing.unprepared_of(slots):
        _all_of(partial(preparing.prepare, change_id=change, now=now))
    for pk in Session.objects.filter(season=season).with_unprepared_announcement().values_list("pk", flat=True):
        _all_of(partial(announcements.prepare, session_id=pk, now=now))
    for pk in CertificateIssue.objects.unprepared().filter(season=season).values_list("pk", flat=True):
        _all_of(partial(issuing.prepare, issue_id=pk, now=now))
    for pk in season.circulars.unprepared().values_list("pk", flat=True):
        _all_of(partial(sending.prepare, circular_id=pk, now=now))


def _all_of(work, seconds=1):
    """Until nothing is left, or somebody else is at it, who finds it not yet done."""
    turns = 1000
    while turns and work(seconds=seconds):
        turns -= 1
