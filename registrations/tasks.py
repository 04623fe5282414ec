"""Celery tasks: each calls one use case. Beat and other processes know them by these names."""

import logging
from functools import partial

from celery import shared_task
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore

from registrations import last_runs
from registrations.attendance import uploads
from registrations.calendar_replies import mailbox, responding
from registrations.certificates import issuing
from registrations.circulars import sending
from registrations.enrolment import waiting_list
from registrations.feedback import opening
from registrations.invitations import table_uploads
from registrations.mail import boxing, delivery
from registrations.mail.bounces import recording
from registrations.mailings import announcements, reminders
from registrations.models import CertificateIssue, Circular, SlotChange
from registrations.next_season import announcing
from registrations.people import search
from registrations.privacy import retention
from registrations.rehearsals import moving
from registrations.rescheduling import preparing
from sessions.clocks import moment
from sessions.models import Occurrence, Session
from sessions.seasons import season_clocks

log = logging.getLogger(__name__)

MAILS_A_BATCH, SECONDS_A_TURN = 100, 1
# As many as the worker of this machine has processes.
TURNS_AT_ONCE = 2
SECONDS_FOR_RETENTION = 20
# Longer than the reader gives itself (tables.Limits); whatever gets past that ends here.
SECONDS_A_TABLE = 20


@shared_task
def deliver_newest():
    delivery.deliver_newest(MAILS_A_BATCH)
    boxing.put_due(seconds=SECONDS_A_TURN)


@shared_task
def relay():
    """Deliver what is due: mails that had to wait, mails no worker knows of, retries, and claims of the dead.

    What concerns thousands is left to tasks of its own, so that whatever is wrong with one holds up no other: seats
    first, since who gets one hears of nothing else. A longer queue is worked off in short turns by all processes at
    once, so that a single confirmation, whose task runs between two turns, waits for one of them only.
    """
    until = delivery.turns_end()
    for now, seasons in season_clocks.every():
        for occurrence_id in waiting_list.to_seat(now=now, seasons=seasons):
            give_seats.delay(occurrence_id, until)
    for unprepared, task in [
        (preparing.unprepared, prepare_mails),
        (announcements.unprepared, prepare_announcement),
        (announcing.unprepared, prepare_season_announcement),
        (sending.unprepared, prepare_circular),
        (moving.unfinished, move_clock),
        (issuing.unprepared, prepare_certificates),
    ]:
        for pk in unprepared():
            task.delay(pk, until)
    if _deliver_due():
        for _turn in range(TURNS_AT_ONCE):
            relay_on.delay(until)
    last_runs.record(last_runs.RELAY)


@shared_task
def relay_on(until):
    if _deliver_due() and delivery.has_time(until):
        relay_on.delay(until)


def _deliver_due() -> bool:
    """Whether something is left."""
    boxing.put_due(seconds=SECONDS_A_TURN)
    delivery.deliver_due(batch=MAILS_A_BATCH, seconds=SECONDS_A_TURN)
    return delivery.can_deliver()


@shared_task
def prepare_mails(change_id, until=None):
    now = season_clocks.of_row(SlotChange.objects.filter(pk=change_id), "occurrence__session__season")
    _in_turns(prepare_mails, partial(preparing.prepare, change_id=change_id, now=now), change_id, until)


@shared_task
def prepare_announcement(session_id, until=None):
    now = season_clocks.of_row(Session.objects.filter(pk=session_id), "season")
    _in_turns(prepare_announcement, partial(announcements.prepare, session_id=session_id, now=now), session_id, until)


@shared_task
def prepare_season_announcement(announcement_id, until=None):
    # No rehearsal is announced.
    work = partial(announcing.prepare, announcement_id=announcement_id, now=moment.now())
    _in_turns(prepare_season_announcement, work, announcement_id, until)


@shared_task
def prepare_circular(circular_id, until=None):
    now = season_clocks.of_row(Circular.objects.filter(pk=circular_id), "season")
    _in_turns(prepare_circular, partial(sending.prepare, circular_id=circular_id, now=now), circular_id, until)


@shared_task
def prepare_certificates(issue_id, until=None):
    now = season_clocks.of_row(CertificateIssue.objects.filter(pk=issue_id), "season")
    _in_turns(prepare_certificates, partial(issuing.prepare, issue_id=issue_id, now=now), issue_id, until)


@shared_task
def give_seats(occurrence_id, until=None):
    now = season_clocks.of_row(Occurrence.objects.filter(pk=occurrence_id), "session__season")
    _in_turns(give_seats, partial(waiting_list.seat, occurrence_id=occurrence_id, now=now), occurrence_id, until)


@shared_task
def move_clock(move_id, until=None):
    _in_turns(move_clock, partial(moving.go_on, move_id=move_id), move_id, until)


def _in_turns(task, work, pk, until):
    """In short turns, as in `relay`; `work` says whether something is left."""
    until = until or delivery.turns_end()
    if work(seconds=SECONDS_A_TURN) and delivery.has_time(until):
        task.delay(pk, until)


@shared_task
def post_reminders():
    for now, seasons in season_clocks.every():
        reminders.post_due(now=now, seasons=seasons)
    last_runs.record(last_runs.REMINDERS)


@shared_task
def apply_data_clock():
    """In portions that the time limit of a task allows."""
    for now, seasons in season_clocks.every():
        tally = retention.apply(now=now, seasons=seasons, seconds=SECONDS_FOR_RETENTION)
        log.info("%s", tally)
        if not tally.is_finished:
            apply_data_clock.delay()
            break
    recording.forget_healed(now=moment.now())
    last_runs.record(last_runs.DATA_CLOCK)


@shared_task
def open_feedback():
    """What people answered about sessions can be read once nobody can answer any more."""
    opening.open_due()


@shared_task
def fold_search_texts():
    search.bring_up_to_date()


@shared_task
def drop_old_sign_ins():
    """Browser sessions that have ended: forms that nobody came back for are in them."""
    SessionStore.clear_expired()


@shared_task
def read_calendar_replies():
    try:
        with mailbox.opened(settings.CALENDAR_REPLIES) as mails:
            responding.answer_all(mails, now=moment.now())
        last_runs.record(last_runs.CALENDAR_REPLIES)
    except mailbox.CannotRead as problem:
        log.error("%s", problem)


@shared_task(time_limit=SECONDS_A_TABLE, soft_time_limit=SECONDS_A_TABLE - 5)
def read_uploaded_table(pk):
    table_uploads.read(upload_id=pk, now=moment.now())


@shared_task
def delete_uploaded_tables():
    table_uploads.delete_old(now=moment.now())
    uploads.delete_old(now=moment.now())
