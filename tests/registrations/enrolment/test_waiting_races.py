"""Waiting lists when many people click at the same moment, each over a PostgreSQL connection of their own."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from registrations.enrolment import enrolment, locking, preferences, refusals, waiting_list
from registrations.models import Message, Registration
from registrations.people.preferences import Preferences
from registrations.rescheduling import changes
from sessions.models import Occurrence
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.races import race
from tests.support.registrations.signing_up import NOW, register
from tests.support.registrations.story_of_parts import DAY, HOUR, MORNING, slot_in_parts
from tests.support.registrations.waiting import (
    full_slot,
    join_list,
    join_list_in_turn,
    names_seated,
    names_waiting,
    seated,
)
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db(transaction=True)

LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def postgresql():
    assert connection.vendor == "postgresql", "SQLite has no row locks"


def come(slot, number):
    """The clocks of the requests run against their order: only who is served first may count."""
    return register(
        slot,
        email=f"person{number}@example.org",
        name=f"Person {number}",
        submission=f"form-{number}",
        waits_for={slot.pk},
        now=LATER - timedelta(seconds=number),
    )


def leave(registration):
    return enrolment.cancel(registration_id=registration.pk, now=LATER)


def at_once(actions):
    """All of these actions start at the same moment; what they gave, in their order."""
    return race(len(actions), lambda number: actions[number]())


def arrived(slot):
    """Registrations get their numbers under the lock of the slot, so these are in the order of service."""
    return list(Registration.objects.filter(occurrence=slot).order_by("pk").values_list("pk", flat=True))


def waiting(slot):
    return list(Registration.objects.waiting().filter(occurrence=slot).values_list("pk", flat=True))


def moved_up():
    """Who moved up, in the order in which it happened."""
    return list(Message.objects.filter(kind="promoted").order_by("pk").values_list("registration", flat=True))


def free_seats(slot):
    return Occurrence.objects.get(pk=slot.pk).capacity - len(seated(slot))


@pytest.mark.parametrize("round_", first_always(range(20)))
def test_twelve_people_with_eight_more_clicks_for_the_last_place(round_):
    slot = OccurrenceFactory(capacity=1)

    answers = race(20, lambda number: come(slot, number % 12))

    everybody = arrived(slot)
    assert len(everybody) == 12
    assert [registration.pk for registration in seated(slot)] == everybody[:1]
    assert waiting(slot) == everybody[1:]
    assert answers[12:] == answers[:8], "a second click is answered like the first"
    assert sorted(Message.objects.values_list("kind", flat=True)) == ["confirmation"] + ["waitlisted"] * 11


@pytest.mark.parametrize("round_", first_always(range(5)))
def test_five_leave_while_ten_come_and_nobody_jumps_the_queue(round_):
    slot = full_slot(5)
    leaving = seated(slot)
    join_list_in_turn(slot, "Ana Lima", "Juma Otieno", "Li Wei")

    at_once([*(lambda r=r: leave(r) for r in leaving), *(lambda n=n: come(slot, n) for n in range(10))])

    in_turn = arrived(slot)[5:]
    assert moved_up() == in_turn[:5]
    assert {registration.pk for registration in seated(slot)} == set(in_turn[:5])
    assert waiting(slot) == in_turn[5:]
    assert not Message.objects.filter(kind="confirmation").exists()


@pytest.mark.parametrize("round_", first_always(range(5)))
def test_cancelling_changing_more_capacity_and_newcomers_at_once(round_):
    slot = full_slot(4)
    other = OccurrenceFactory(session=slot.session, starts_at=slot.starts_at + timedelta(hours=6), capacity=2)
    first, second, third, _stays = seated(slot)
    names = [f"Person {number} waits" for number in range(6)]
    [gives_up, *_others] = join_list_in_turn(slot, *names)
    actions = [
        lambda: leave(first),
        lambda: leave(second),
        lambda: enrolment.change_occurrence(registration_id=third.pk, occurrence_id=other.pk, now=LATER),
        lambda: changes.change_capacity(occurrence_id=slot.pk, capacity=6, now=LATER),
        lambda: leave(gives_up),
        lambda: come(slot, 101),
        lambda: come(slot, 102),
    ]

    at_once(actions)

    assert (len(seated(slot)), names_seated(other)) == (6, {third.participant.name})
    assert moved_up() == sorted(moved_up()), "the order of moving up is that of arrival"
    assert all(number > max(moved_up()) for number in waiting(slot))


@pytest.mark.parametrize("round_", first_always(range(5)))
def test_places_that_come_free_between_two_parts_are_given_once(round_):
    slot = slot_in_parts(MORNING, MORNING + DAY, MORNING + 2 * DAY, capacity=3)
    RegistrationFactory.create_batch(3, occurrence=slot)
    first, second, _stays = seated(slot)
    in_turn = join_list_in_turn(slot, *(f"Person {number} waits" for number in range(5)))
    between, (*held, last) = MORNING + 3 * HOUR, slot.parts
    fewer = [*held, replace(last, is_called_off=True)]
    actions = [
        lambda: enrolment.cancel(registration_id=first.pk, now=between),
        lambda: enrolment.cancel(registration_id=second.pk, now=between),
        *[lambda: waiting_list.seat(occurrence_id=slot.pk, now=between, seconds=5)] * 2,
        lambda: changes.change_capacity(occurrence_id=slot.pk, capacity=4, now=between),
        lambda: changes.arrange(occurrence_id=slot.pk, parts=fewer, now=between),
    ]

    at_once(actions)

    assert moved_up() == [registration.pk for registration in in_turn[:3]]
    assert (len(seated(slot)), len(waiting(slot)), free_seats(slot)) == (4, 2, 0)


@pytest.mark.parametrize("round_", first_always(range(8), 2))
def test_same_person_changes_and_cancels_at_once_and_no_seat_is_lost(round_):
    slot = full_slot()
    other = OccurrenceFactory(session=slot.session, starts_at=slot.starts_at + timedelta(hours=6), capacity=1)
    [person] = seated(slot)
    join_list(slot, "Ana Lima")

    def go_to_the_other():
        with suppress(refusals.RegistrationClosed):  # Cancelled a moment before.
            enrolment.change_occurrence(registration_id=person.pk, occurrence_id=other.pk, now=LATER)

    at_once([go_to_the_other, lambda: leave(person)])

    assert (names_seated(slot), names_seated(other), names_waiting(slot)) == ({"Ana Lima"}, set(), [])


@pytest.mark.parametrize("round_", first_always(range(8), 2))
def test_seat_given_back_while_somebody_joins_is_never_left_empty(round_):
    slot = full_slot()
    [first] = seated(slot)

    at_once([lambda: leave(first), lambda: come(slot, 1)])

    assert (names_seated(slot), names_waiting(slot)) == ({"Person 1"}, [])


@pytest.mark.parametrize("round_", first_always(range(8), 2))
def test_who_wants_entries_by_mail_while_moving_up_gets_the_entry(round_):
    slot = full_slot()
    [first] = seated(slot)
    person = join_list(slot, preferences=Preferences(calendar_entries="none"))

    at_once(
        [
            lambda: leave(first),
            lambda: preferences.choose(participant=person.participant, preferences=Preferences(), now=LATER),
        ]
    )

    person.refresh_from_db()
    assert (person.is_confirmed, person.entry_was_mailed) == (True, True)


def test_without_the_lock_a_seat_stays_empty_while_somebody_waits(monkeypatch):
    """The proof that the races above can fail: everything as it is, only that no slot is locked."""
    slot = full_slot()
    [first] = seated(slot)
    both_have_looked = Barrier(2)
    promote, full_slots = waiting_list.promote, enrolment._full_slots

    def read_only(occurrence_ids):
        return list(Occurrence.objects.select_related("session__season").filter(pk__in=occurrence_ids))

    def and_wait(look):
        def act(*arguments, **named):
            found = look(*arguments, **named)
            both_have_looked.wait(timeout=60)
            return found

        return act

    monkeypatch.setattr(locking, "slots", read_only)
    monkeypatch.setattr(waiting_list, "promote", and_wait(promote))
    monkeypatch.setattr(enrolment, "_full_slots", and_wait(full_slots))

    at_once([lambda: leave(first), lambda: come(slot, 1)])

    assert (free_seats(slot), names_waiting(slot)) == (1, ["Person 1"])
