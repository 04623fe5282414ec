"""Mails of a rehearsal go into the box that staff read, at the time of the rehearsal, and never to a mail server."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registrations import tasks
from registrations.mail import boxing, delivery, health, outbox
from registrations.models import Message
from sessions.clocks import moment
from sessions.models import Season
from tests.factories import MessageFactory, RegistrationFactory
from tests.support.registrations import every_mail
from tests.support.registrations.signing_up import NOW, register
from tests.support.registrations.story_of_parts import MORNING, slot_in_parts

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
# They belong to a mailbox or to a colleague, and to no season.
OF_NO_SEASON = {"sign_in_code", "nobody_registered", "links", "staff_invitation", "staff_password"}
# No rehearsal can be announced (next_season.announcing).
NEVER_OF_A_REHEARSAL = {"next_season"}


def test_each_kind_of_mail_of_a_rehearsal_is_kept_at_home(smtp_server):
    people = every_mail.people(now=timezone.now())
    Season.objects.update(is_rehearsal=True)
    every_mail.read_again(people)
    mails = every_mail.one_of_each_kind(people)

    for mail in mails.values():
        mail.message_id = f"<{mail.kind}@minamata.test>"
    outbox.post(list(mails.values()))
    delivery.deliver([*Message.objects.values_list("pk", flat=True)])

    leaving = set(Message.objects.leaving().values_list("kind", flat=True))
    assert leaving == OF_NO_SEASON | NEVER_OF_A_REHEARSAL
    assert {mail.message["Subject"] for mail in smtp_server.mails} == {mails[kind].subject for kind in OF_NO_SEASON}


def _mail(ahead=timedelta(), **fields):
    registration = RegistrationFactory(occurrence__session__season__is_rehearsal=True)
    season = registration.session.season
    assert Season.objects.set_ahead(season.pk, ahead) or not ahead
    season.refresh_from_db()
    about = {"rehearsal": season, "registration": registration, "participant": registration.participant}
    return MessageFactory(**about | {"queued_at": moment.of(season), "due_at": moment.of(season)} | fields)


def test_mail_is_in_the_box_at_the_time_of_its_season(smtp_server):
    mail = _mail(ahead=30 * DAY)

    tasks.relay()

    boxed = Message.objects.get(pk=mail.pk)
    assert boxed.is_sent
    assert boxed.sent_at >= mail.due_at
    assert smtp_server.mails == []


def test_mail_of_a_time_to_come_waits_until_the_clock_of_its_season_is_there():
    mail = _mail()
    Message.objects.update(due_at=timezone.now() + 10 * DAY)
    boxing.put_due(seconds=5)
    assert Message.objects.get(pk=mail.pk).status == Message.Status.QUEUED

    Season.objects.set_ahead(mail.rehearsal_id, 11 * DAY)
    boxing.put_due(seconds=5)

    assert Message.objects.get(pk=mail.pk).is_sent


def test_mail_that_was_posted_before_its_season_became_a_rehearsal_does_not_leave(smtp_server):
    mail = MessageFactory(participant=RegistrationFactory().participant)
    Season.objects.update(is_rehearsal=True)

    delivery.deliver([mail.pk])
    tasks.relay()

    boxed = Message.objects.get(pk=mail.pk)
    assert (boxed.rehearsal_id, boxed.is_sent, smtp_server.mails) == (boxed.participant.season_id, True, [])


def test_mails_of_a_rehearsal_are_no_trouble_of_the_post():
    _mail(ahead=DAY)
    MessageFactory(status="sent")
    late = timezone.now() + DAY

    report = health.report(late)

    assert report.mails[Message.Status.SENT] == 1
    assert (report.oldest_due_age, report.lacking) == (timedelta(), 0)


def test_mail_that_cannot_be_written_is_marked_and_holds_up_no_other():
    broken, whole = _mail(octets=b"", kind="no-such-kind"), _mail()

    boxing.put_due(seconds=5)

    assert Message.objects.get(pk=broken.pk).status == Message.Status.FAILED
    assert Message.objects.get(pk=whole.pk).is_sent


def test_entries_of_parts_follow_into_the_box():
    slot = slot_in_parts(MORNING, MORNING + DAY, session__season__is_rehearsal=True)
    [registration] = register(slot, now=NOW)
    Message.objects.update(due_at=timezone.now())

    boxing.put_due(seconds=5)
    boxing.put_due(seconds=5)

    registration.refresh_from_db()
    sent = Message.objects.sent().filter(rehearsal=slot.session.season).order_by("pk")
    assert [mail.kind for mail in sent] == ["confirmation", "part_entry"]
    assert [part.number for part in registration.told_parts] == [1, 2]
