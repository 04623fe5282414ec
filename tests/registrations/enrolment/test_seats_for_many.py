"""Seats that come free for thousands are given by the worker, a batch at a time; nobody passes those who wait."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import seed
from registrations.enrolment import enrolment, refusals, waiting_list
from registrations.mail import batches
from registrations.models import Message, Registration
from registrations.rescheduling import changes
from registrations.seats import counters
from sessions.models import Occurrence
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.preparing import prepare_everything
from tests.support.registrations.signing_up import NOW, register

pytestmark = pytest.mark.django_db

MANY = pytest.mark.usefixtures("many_people")
TEN_THOUSAND = 10_000


def people_waiting(number):
    slot = OccurrenceFactory(capacity=0)
    since = [NOW + timedelta(seconds=n) for n in range(number)]
    return slot, [
        RegistrationFactory(occurrence=slot, status="waitlisted", waiting_since=moment) for moment in reversed(since)
    ][::-1]


def set_capacity(slot, capacity):
    return changes.change_capacity(occurrence_id=slot.pk, capacity=capacity, now=NOW)


def seat(slot, seconds=60):
    """With no seconds one batch; returns whether some are left."""
    return waiting_list.seat(occurrence_id=slot.pk, now=NOW, seconds=seconds)


def seated():
    return list(Registration.objects.confirmed().order_by("waiting_since", "pk"))


@MANY
def test_worker_gives_the_seats_to_who_waits_longest_a_batch_at_a_time():
    slot, people = people_waiting(6)

    number = set_capacity(slot, 5)
    seats = []
    while seat(slot, seconds=0):
        seats.append(Registration.objects.confirmed().count())

    slot.refresh_from_db()
    assert (number, seats) == (5, [2, 4])
    assert set(seated()) == set(people[:5])
    assert (slot.taken, slot.waiting) == (5, 1)
    assert [mail.registration for mail in Message.objects.order_by("pk")] == people[:5]


@MANY
def test_beat_finds_slots_whose_seats_nobody_has_given():
    slot, _people = people_waiting(3)
    OccurrenceFactory(capacity=5)
    set_capacity(slot, 2)

    found = waiting_list.to_seat(now=NOW)
    prepare_everything()

    assert (found, waiting_list.to_seat(now=NOW)) == ([slot.pk], [])


@MANY
def test_giving_them_twice_gives_one_seat_and_one_mail_each():
    slot, people = people_waiting(3)
    set_capacity(slot, None)

    for _turn in range(2):
        seat(slot)

    assert [mail.registration for mail in send_waiting_mails()] == people
    assert list(counters.wrong(Occurrence.objects.all())) == []


@MANY
def test_newcomer_does_not_pass_those_who_have_no_seat_yet():
    slot, people = people_waiting(2)
    set_capacity(slot, 2)

    with pytest.raises(refusals.NoSeatLeft):
        register(slot, now=NOW)
    prepare_everything()

    assert set(seated()) == set(people)


@MANY
def test_who_cancels_meanwhile_leaves_their_seat_to_the_next():
    slot, [first, second, third] = people_waiting(3)
    set_capacity(slot, 2)

    enrolment.cancel(registration_id=first.pk, now=NOW)
    prepare_everything()

    assert set(seated()) == {second, third}
    assert {mail.kind for mail in Message.objects.filter(registration=first)} == {"left_waiting_list"}


@MANY
def test_fewer_seats_meanwhile_are_given_to_fewer_people():
    slot, people = people_waiting(3)
    set_capacity(slot, 3)

    set_capacity(slot, 1)
    prepare_everything()

    assert seated() == people[:1]


@MANY
@pytest.mark.parametrize("is_over", [False, True])
def test_nobody_gets_a_seat_in_a_slot_that_was_called_off_or_has_begun_meanwhile(is_over):
    slot, _people = people_waiting(2)
    set_capacity(slot, 2)

    if not is_over:
        changes.call_off(occurrence_id=slot.pk, now=NOW)
    now = slot.starts_at if is_over else NOW
    left = waiting_list.seat(occurrence_id=slot.pk, now=now, seconds=60)

    assert (left, seated(), waiting_list.to_seat(now=now)) == (False, [], [])


@MANY
def test_who_gets_a_seat_after_a_change_hears_of_that_only():
    slot, [first, second] = people_waiting(2)
    changes.call_off(occurrence_id=slot.pk, now=NOW)
    set_capacity(slot, 1)
    prepare_everything()
    before = len(send_waiting_mails())

    changes.revive(occurrence_id=slot.pk, now=NOW)
    prepare_everything()

    assert [(mail.kind, mail.registration) for mail in send_waiting_mails()[before:]] == [
        ("promoted", first),
        ("waiting_changed", second),
    ]


def test_ten_thousand_people_who_wait_cost_the_request_no_more_than_a_batch():
    slot = OccurrenceFactory()
    seed.people(slot.session.season, TEN_THOUSAND, slots=[slot], tag="many-", at=NOW)
    Registration.objects.update(status="waitlisted", waiting_since=NOW)
    Occurrence.objects.update(capacity=0)
    counters.count_anew(Occurrence.objects.all())

    with CaptureQueriesContext(connection) as queries:
        number = set_capacity(slot, None)

    assert len(queries) <= 12
    assert number == TEN_THOUSAND
    assert Registration.objects.confirmed().count() == Message.objects.count() == batches.PEOPLE_AT_ONCE
