"""What people hear of a move, when, and of its being taken back: one mail at most, of what they do not know yet."""

from datetime import timedelta

import pytest

from registrations.mail import composing, conditions
from registrations.mail.exceptions import Overtaken
from registrations.models import Message, Registration
from registrations.transfers import outlook
from tests.factories import MessageFactory, OccurrenceFactory
from tests.support.calendars import CalendarStore
from tests.support.registrations.changes import move as move_slot
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import NOW, register
from tests.support.registrations.transferring import kinds_to, move, sign_up, take_back, two_slots

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(minutes=1)
LATER = NOW + timedelta(minutes=2)


def test_mails_wait_for_the_recall_window_and_who_moves_up_hears_at_once(settings):
    here, there = two_slots(first=1)
    [ana], [ben] = sign_up(here, "Ana"), sign_up(here, "Ben")

    transfer = move([ana], there, now=SOON)

    [held], [at_once] = transfer.messages.all(), Message.objects.filter(kind="promoted")
    assert transfer.mails_leave_at == SOON + timedelta(minutes=settings.RECALL_MINUTES)
    assert (held.registration, held.due_at, at_once.due_at) == (ana, transfer.mails_leave_at, SOON)
    assert at_once.registration == ben


def test_near_to_the_session_the_mails_leave_at_once():
    here, there = two_slots()
    people = sign_up(here, "Ana")
    now = min(here.starts_at, there.starts_at) - timedelta(hours=2)

    transfer = move(people, there, now=now)

    assert {mail.due_at for mail in transfer.messages.all()} == {now}


def test_first_mail_of_somebody_still_leaves_and_says_the_slot_that_they_are_in(smtp_server):
    here, there = two_slots()
    [ana] = sign_up(here, "Ana")

    take_back(move([ana], there, now=SOON), now=LATER)

    [mail] = send_waiting_mails()
    store = CalendarStore()
    store.receive(mail)
    assert (mail.kind, list(store.entries.values())) == ("confirmation", [here.starts_at])


def test_who_has_heard_hears_once_more_where_they_are(smtp_server):
    here, there = two_slots()
    [ana] = sign_up(here, "Ana")
    send_waiting_mails()
    transfer = move([ana], there, now=SOON)
    send_waiting_mails()

    assert len(outlook.of(transfer, now=LATER).told) == 1
    take_back(transfer, now=LATER)

    send_waiting_mails()
    store = CalendarStore()
    store.receive(*Message.objects.sent().order_by("pk"))
    assert kinds_to(ana) == [["confirmation", "slot_changed_by_staff", "slot_changed_by_staff"]]
    assert list(store.entries.values()) == [here.starts_at]


def test_a_mail_that_somebody_has_tried_to_send_counts_as_heard():
    here, there = two_slots()
    [ana] = sign_up(here, "Ana")
    transfer = move([ana], there, now=SOON)
    transfer.messages.update(attempts=1)

    assert len(take_back(transfer, now=LATER).told) == 1


def test_who_goes_back_to_another_time_than_they_know_is_told(smtp_server):
    here, there = two_slots()
    [ana] = sign_up(here, "Ana")
    send_waiting_mails()
    transfer = move([ana], there, now=SOON)
    knew = here.starts_at
    move_slot(here, now=SOON)

    take_back(transfer, now=LATER)

    *_earlier, last = send_waiting_mails()
    assert (last.kind, last.known_starts_at) == ("slot_changed_by_staff", knew)
    assert kinds_to(ana) == [["confirmation", "slot_changed_by_staff"]]


def test_news_of_the_slot_before_that_waited_still_leaves(smtp_server):
    here, there = two_slots()
    [ana] = sign_up(here, "Ana")
    send_waiting_mails()
    move_slot(here, now=NOW)
    transfer = move([ana], there, now=SOON)

    take_back(transfer, now=LATER)

    send_waiting_mails()
    assert kinds_to(ana) == [["confirmation", "rescheduled"]]


def test_move_and_news_of_the_slot_are_one_mail_from_the_time_that_people_know(smtp_server):
    """And after taking the move back they hear nothing of either."""
    here, there = two_slots()
    ana, ben = sign_up(here, "Ana", "Ben")
    send_waiting_mails()
    knew = here.starts_at
    move([ben], there, now=SOON)
    transfer = move([ana], there, now=SOON)

    move_slot(there, now=SOON + timedelta(seconds=1))
    take_back(transfer, now=LATER)

    *_earlier, last = send_waiting_mails()
    assert (last.kind, last.registration, last.known_starts_at) == ("rescheduled", ben, knew)
    assert kinds_to(ana, ben) == [["confirmation"], ["confirmation", "rescheduled"]]


def test_earlier_move_still_leaves_when_the_later_one_is_taken_back(smtp_server):
    here, there = two_slots()
    [ana] = sign_up(here, "Ana")
    send_waiting_mails()
    move([ana], there, now=SOON)
    onwards = move([ana], OccurrenceFactory(session=here.session), now=LATER)

    take_back(onwards, now=LATER)

    *_earlier, last = send_waiting_mails()
    assert kinds_to(ana) == [["confirmation", "slot_changed_by_staff"]]
    assert Registration.objects.get(pk=ana.pk).occurrence == there
    assert last.known_starts_at == here.starts_at


def test_reminder_of_the_slot_before_waits_while_the_move_may_be_taken_back():
    here, there = two_slots()
    [ana] = sign_up(here, "Ana")
    known = {"known_starts_at": here.starts_at, "expires_at": NOW + timedelta(hours=1), "hours_before": 24}
    who = {"participant": ana.participant, "registration": ana, "recipient": ana.participant.email}
    reminder = MessageFactory(kind="reminder", **who, **known)
    transfer = move([ana], there, now=SOON)

    with pytest.raises(Overtaken) as waits:
        conditions.require(Message.objects.get(pk=reminder.pk), SOON)
    take_back(transfer, now=LATER)

    assert waits.value.turn_at == transfer.mails_leave_at
    assert conditions.are_met(Message.objects.get(pk=reminder.pk), LATER)


def test_summary_of_a_sign_up_waits_while_the_move_may_be_taken_back():
    here, there = two_slots()
    registrations = register(here, OccurrenceFactory(session__season=here.session.season))
    transfer = move(registrations[:1], there, now=SOON)
    summary = Message.objects.get(kind="summary")

    with pytest.raises(Overtaken) as waits:
        composing.prepare(summary, now=LATER)

    assert waits.value.turn_at == transfer.mails_leave_at
