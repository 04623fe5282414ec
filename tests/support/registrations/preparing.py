"""Changes of a time slot whose mails the worker prepares, step by step."""

from datetime import UTC, datetime, timedelta

from registrations.enrolment import waiting_list
from registrations.rescheduling import changes, preparing
from tests.factories import RegistrationFactory
from tests.support.registrations.mail_run import send_waiting_mails

NOW = datetime(2030, 9, 2, 12, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def people_of(slot, number):
    return RegistrationFactory.create_batch(number, occurrence=slot)


def move(slot, hours=1, now=NOW):
    slot.refresh_from_db()
    times = {"starts_at": slot.starts_at + hours * HOUR, "ends_at": slot.ends_at + hours * HOUR}
    return changes.reschedule(occurrence_id=slot.pk, now=now, **times)


def prepare(change, seconds=60):
    """With no seconds one batch; returns whether some are left."""
    return preparing.prepare(change_id=change.pk, now=NOW, seconds=seconds)


def prepare_everything():
    """As the worker does: seats first, so that who gets one hears of nothing else."""
    for slot_id in waiting_list.to_seat(now=NOW):
        waiting_list.seat(occurrence_id=slot_id, now=NOW, seconds=60)
    for change_id in preparing.unprepared():
        preparing.prepare(change_id=change_id, now=NOW, seconds=60)


def sent():
    return [(mail.kind, mail.registration_id) for mail in send_waiting_mails()]
