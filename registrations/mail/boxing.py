"""Mails of rehearsals: written as they would be at the time of their season, and put into the box that staff read.

Nothing here knows a mail server. A mail in the box is a row that is `SENT`, at the time of its season, as if it had
left: all that goes by what people have been told goes on as it would.
"""

import logging
import time
from datetime import timedelta

from django.db import transaction

from registrations.mail import composing, ordering, part_entries, smtp_errors
from registrations.mail.exceptions import Outdated, Overtaken
from registrations.models import Message
from sessions.clocks import moment
from sessions.models import Season

log = logging.getLogger(__name__)

MAILS_A_BATCH = 50


def put_due(*, seconds):
    """What is due in each rehearsal at its own time, until nothing is left or the time is up."""
    ends = time.monotonic() + seconds
    # Of a season that has become a real one nothing waits for a box any more.
    Message.objects.filter(rehearsal__is_rehearsal=False).unsent().update(rehearsal=None)
    waiting = Message.objects.filter(rehearsal__isnull=False).unsent().values("rehearsal")
    for season in Season.objects.filter(pk__in=waiting).order_by("pk"):
        put(season, now=moment.of(season), ends=ends)


def put(season, *, now, ends=float("inf")) -> bool:
    """All that is due in this rehearsal at this moment of it; whether that was done before `ends` (time.monotonic)."""
    last = None
    # What somebody else holds at this moment stays, and is all that is left then.
    while (pks := _put_some(season.pk, now)) and pks != last:
        if time.monotonic() > ends:
            return False
        last = pks
    return True


@transaction.atomic
def _put_some(season_id, now) -> list[int]:
    """Claimed, written and noted in one transaction: no claim outlasts a worker, so none needs a clock."""
    due = Message.objects.due_in(season_id, now).order_by("due_at", "pk").values_list("pk", flat=True)
    pks = list(due[:MAILS_A_BATCH])
    part_entries.lock(pks)
    claimed = ordering.claim(pks, now=now, lease=timedelta(minutes=1)) if pks else []
    problems = composing.prepare_all(claimed, now=now)
    for message in claimed:
        if problem := problems.get(message.pk):
            _put_aside(message, problem, now)
        else:
            part_entries.record_sent(message, at=now)
    Message.objects.filter(pk__in=list(Message.objects.of_erased_people(pks).values_list("pk", flat=True))).empty(now)
    return pks


def _put_aside(message, problem, now):
    if isinstance(problem, Outdated):
        message.record_dropped(str(problem))
    elif isinstance(problem, Overtaken):
        soon = now + ordering.WAIT_FOR_EARLIER
        message.put_back(due_at=max(problem.turn_at or soon, soon))
    else:
        log.error("mail %s of a rehearsal could not be composed", message.pk, exc_info=problem)
        message.record_failed(smtp_errors.in_words(problem))
