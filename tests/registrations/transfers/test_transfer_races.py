"""Moves are taken back while people come, leave and move, each over a PostgreSQL connection of their own."""

from contextlib import suppress

import pytest
from django.db import connection
from django.utils import timezone

from registrations.enrolment import enrolment, refusals
from registrations.mail import delivery
from registrations.models import Message, Registration
from registrations.seats import counters
from registrations.transfers import taking_back
from sessions.models import Occurrence
from tests.support.races import race
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import NOW, register
from tests.support.registrations.transferring import move, sign_up, state, take_back, two_slots

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5
NAMES = ["Ana", "Ben", "Cleo", "Dan", "Eve"]


@pytest.fixture(autouse=True)
def postgresql():
    assert connection.vendor == "postgresql", "SQLite has no row locks"


def until_done(transfer):
    """As staff do: who is told that something has changed looks, and presses again."""
    while True:
        with suppress(taking_back.ChangedMeanwhile):
            return take_back(transfer)


def test_taken_back_twice_at_once_is_taken_back_once():
    here, there = two_slots(first=2)
    transfer = move(sign_up(here, *NAMES[:2]), there)

    def act(number):
        with suppress(taking_back.TakenBackAlready):
            return until_done(transfer)

    answers = race(4, act)

    assert [len(each.going_back) for each in answers if each] == [2]
    assert state(here, there) == [([("Ana", "confirmed"), ("Ben", "confirmed")], 2, 0), ([], 0, 0)]


@pytest.mark.parametrize("number", range(ROUNDS))
def test_no_seat_is_given_twice_while_others_come_leave_and_move(number):
    here, there = two_slots(first=5, second=5)
    people = sign_up(here, *NAMES)
    transfer = move(people, there)

    def come(slot, name):
        with suppress(refusals.Refused):
            register(slot, name=name, email=f"{name.lower()}@example.org", waits_for={slot.pk})

    def choose(person, slot):
        with suppress(refusals.Refused):
            enrolment.change_occurrence(registration_id=person.pk, occurrence_id=slot.pk, now=timezone.now())

    actions = [
        lambda: until_done(transfer),
        lambda: come(here, "New here"),
        lambda: come(there, "New there"),
        lambda: enrolment.cancel(registration_id=people[0].pk, now=NOW),
        lambda: choose(people[1], here),
    ]
    race(len(actions), lambda number: actions[number]())

    slots = Occurrence.objects.all()
    assert list(counters.wrong(slots)) == []
    assert all(slot.taken <= slot.capacity for slot in slots)
    assert Registration.objects.active().filter(pk__in=[each.pk for each in people]).count() == 4
    assert not Registration.objects.waiting().filter(occurrence__in=[s for s in slots if s.taken < s.capacity]).exists()


@pytest.mark.parametrize("number", range(ROUNDS))
def test_who_hears_of_the_move_hears_that_it_was_taken_back(number, smtp_server):
    """The worker sends the mail of the move at the very moment at which it is taken back."""
    here, there = two_slots()
    [ana] = sign_up(here, "Ana")
    send_waiting_mails()
    transfer = move([ana], there)
    transfer.messages.update(due_at=timezone.now())
    mails = list(transfer.messages.values_list("pk", flat=True))

    race(2, lambda number: until_done(transfer) if number else delivery.deliver(mails))
    send_waiting_mails()

    sent = Message.objects.sent().filter(registration=ana, kind="slot_changed_by_staff").order_by("pk")
    assert Registration.objects.get(pk=ana.pk).occurrence == here
    assert len(sent) != 1 or sent[0].transfer is None
    assert [mail.sequence for mail in sent][-1:] in ([], [Registration.objects.get(pk=ana.pk).sequence])
