"""Moving up from the waiting list: whom a free seat goes to, and when."""

from datetime import timedelta

import pytest

from registrations.enrolment import enrolment, waiting_list
from registrations.models import Message, Registration
from registrations.rescheduling import changes
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.registrations.signing_up import NOW
from tests.support.registrations.waiting import (
    full_slot,
    join_list,
    join_list_in_turn,
    names_seated,
    names_waiting,
    seated,
)

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


def leave(registration, now=LATER):
    return enrolment.cancel(registration_id=registration.pk, now=now)


def set_capacity(slot, capacity, now=LATER):
    return changes.change_capacity(occurrence_id=slot.pk, capacity=capacity, now=now)


def test_freed_seat_goes_to_who_waits_longest():
    slot = full_slot()
    [first] = seated(slot)
    join_list_in_turn(slot, "Ana Lima", "Juma Otieno")

    leave(first)

    assert (names_seated(slot), names_waiting(slot)) == ({"Ana Lima"}, ["Juma Otieno"])


def test_who_moves_up_is_confirmed_from_now_on_and_waits_no_more():
    slot = full_slot()
    [first] = seated(slot)
    waiting = join_list(slot)

    leave(first)

    moved_up = Registration.objects.get(pk=waiting.pk)
    assert (moved_up.status, moved_up.waiting_since) == (Registration.Status.CONFIRMED, None)
    assert (moved_up.uid, moved_up.sequence, moved_up.revised_at) == (waiting.uid, waiting.sequence + 1, LATER)
    assert moved_up.entry_was_mailed


@pytest.mark.parametrize(("wanted", "is_mailed"), [("mail", True), ("subscription", False), ("none", False)])
def test_entry_comes_by_mail_to_who_wants_it_so_at_that_moment(wanted, is_mailed):
    slot = full_slot()
    waiting = join_list(slot)
    waiting.participant.calendar_entries = wanted
    waiting.participant.save()

    set_capacity(slot, 2)

    waiting.refresh_from_db()
    assert (waiting.is_confirmed, waiting.entry_was_mailed) == (True, is_mailed)


def test_seat_of_who_takes_the_other_slot_goes_to_the_list():
    slot = full_slot()
    other = OccurrenceFactory(session=slot.session, starts_at=slot.starts_at + timedelta(hours=6))
    [first] = seated(slot)
    join_list(slot, "Ana Lima")

    enrolment.change_occurrence(registration_id=first.pk, occurrence_id=other.pk, now=LATER)

    assert (names_seated(slot), names_waiting(slot)) == ({"Ana Lima"}, [])


@pytest.mark.parametrize(("capacity", "moved_up"), [(2, 1), (3, 2), (9, 3), (None, 3)])
def test_more_capacity_moves_as_many_up_in_their_order(capacity, moved_up):
    slot = full_slot()
    names = ["Ana Lima", "Juma Otieno", "Li Wei"]
    join_list_in_turn(slot, *names)

    assert set_capacity(slot, capacity) == moved_up

    assert names_waiting(slot) == names[moved_up:]


def test_less_capacity_moves_nobody():
    slot = full_slot(2)
    leave(seated(slot)[0])
    slot.refresh_from_db()

    assert set_capacity(slot, 1) == 0


def test_leaving_the_list_gives_nobody_a_seat():
    slot = full_slot()
    first, second = join_list_in_turn(slot, "Ana Lima", "Juma Otieno")

    leave(first)

    assert (names_waiting(slot), len(seated(slot))) == (["Juma Otieno"], 1)
    assert second.is_waiting


@pytest.mark.parametrize("seconds", [0, 1])
def test_nobody_moves_up_once_the_session_has_begun(seconds):
    slot = full_slot()
    [first] = seated(slot)
    join_list(slot, "Ana Lima")

    leave(first, now=slot.starts_at + timedelta(seconds=seconds))

    assert (names_seated(slot), names_waiting(slot)) == (set(), ["Ana Lima"])
    assert not Message.objects.filter(kind="promoted").exists()


def test_somebody_moves_up_in_the_last_second_before_the_session():
    slot = full_slot()
    [first] = seated(slot)
    join_list(slot, "Ana Lima")

    leave(first, now=slot.starts_at - timedelta(seconds=1))

    assert names_seated(slot) == {"Ana Lima"}


def test_nobody_moves_up_in_a_slot_that_was_called_off_until_it_is_held_after_all():
    slot = full_slot()
    [first] = seated(slot)
    join_list(slot, "Ana Lima")
    changes.call_off(occurrence_id=slot.pk, now=LATER)

    leave(first)
    assert names_waiting(slot) == ["Ana Lima"]

    changes.revive(occurrence_id=slot.pk, now=LATER)
    assert (names_seated(slot), names_waiting(slot)) == ({"Ana Lima"}, [])


def test_slot_that_had_begun_and_is_moved_to_a_time_to_come_gives_its_free_seats():
    slot = full_slot()
    [first] = seated(slot)
    join_list(slot, "Ana Lima")
    begun = slot.starts_at + timedelta(minutes=1)
    leave(first, now=begun)

    times = {"starts_at": slot.starts_at + timedelta(days=1), "ends_at": slot.ends_at + timedelta(days=1)}
    changes.reschedule(occurrence_id=slot.pk, now=begun, **times)

    assert names_seated(slot) == {"Ana Lima"}


def test_nobody_of_another_slot_moves_up():
    slot = full_slot()
    [first] = seated(slot)
    elsewhere = full_slot(session=slot.session)
    join_list(elsewhere, "Ana Lima")

    leave(first)

    assert (seated(slot), names_waiting(elsewhere)) == ([], ["Ana Lima"])


def test_who_joins_waits_since_later_than_everybody_in_the_list_whatever_the_clock_said():
    slot = OccurrenceFactory(capacity=0)
    RegistrationFactory(occurrence=slot, status="waitlisted", waiting_since=NOW)

    since = waiting_list.end_of(slot, now=NOW - timedelta(seconds=5))

    assert since == NOW + timedelta(microseconds=1)


def test_capacity_of_many_asks_the_database_as_often_as_for_one(django_assert_max_num_queries):
    counts = []

    for people in (1, 30):
        slot = OccurrenceFactory(capacity=0)
        RegistrationFactory.create_batch(people, occurrence=slot, status="waitlisted")
        with django_assert_max_num_queries(12) as captured:
            assert changes.change_capacity(occurrence_id=slot.pk, capacity=None, now=NOW) == people
        counts.append(len(captured))

    assert counts[0] == counts[1]
