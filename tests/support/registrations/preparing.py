"""Changes of a time slot whose mails the worker prepares, step by step."""

from datetime import UTC, datetime, timedelta

from registrations.enrolment import waiting_list
from registrations.models import Message
from registrations.rescheduling import changes, preparing
from tests.factories import InvitationFactory, MessageFactory, RegistrationFactory
from tests.support.registrations.mail_run import send_waiting_mails

NOW = datetime(2030, 9, 2, 12, 0, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


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


def invited(slot, number):
    """So many people whose invitation has left."""
    people = InvitationFactory.create_batch(number, session=slot.session)
    Message.objects.bulk_create(mail_that_left(each) for each in people)
    return people


def mail_that_left(invitation):
    left = {"status": "sent", "sent_at": NOW - DAY, "attempts": 1, "queued_at": NOW - DAY, "due_at": NOW - DAY}
    about = {"kind": "personal_invitation", "participant": None, "registration": None, "invitation": invitation}
    return MessageFactory.build(recipient=invitation.email, **about, **left)


def news():
    """Who has a mail about which slot that is to leave, and what they know of it."""
    mails = Message.objects.unsent().filter(kind="invitation_changed").order_by("invitation", "change__occurrence")
    return [(mail.invitation, mail.change.occurrence, mail.known_starts_at, mail.knew_called_off) for mail in mails]
