"""Fakes are freed while people come, leave and move, each over a PostgreSQL connection of their own."""

from contextlib import suppress

import pytest
from django.db import connection

from registrations.enrolment import enrolment, refusals
from registrations.models import Message, Registration
from registrations.seat_removals import removing, returning
from registrations.seats import counters
from sessions.models import Occurrence
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.races import race
from tests.support.registrations.removing import FAKE, take_away
from tests.support.registrations.signing_up import NOW, register

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS, FAKES, PEOPLE_WAITING, NEWCOMERS = 20, 20, 15, 4


@pytest.fixture(autouse=True)
def postgresql():
    assert connection.vendor == "postgresql", "SQLite has no row locks"


def until_done(*fakes):
    """As staff do: who is told that something has changed looks, and presses again."""
    while True:
        with suppress(removing.ChangedMeanwhile):
            return take_away(*fakes, reason=FAKE, is_told=False)


def come(slot, number):
    email = f"new{number}@example.org"
    return register(slot, name=f"New {'abcd'[number]}", email=email, waits_for={slot.pk})


def freed_while_others_come_and_leave():
    slot = OccurrenceFactory(capacity=FAKES)
    fakes = [RegistrationFactory(occurrence=slot) for _ in range(FAKES)]
    listed = [RegistrationFactory(occurrence=slot, status="waitlisted") for _ in range(PEOPLE_WAITING)]
    newcomers = [lambda number=number: come(slot, number) for number in range(NEWCOMERS)]
    leave = [lambda: enrolment.cancel(registration_id=listed[-1].pk, now=NOW)]
    actions = [lambda: until_done(*fakes), *newcomers, *leave]

    race(len(actions), lambda number: actions[number]())

    return slot, fakes, listed


@pytest.mark.parametrize("number", range(ROUNDS))
def test_right_people_have_the_places(number):
    slot, fakes, listed = freed_while_others_come_and_leave()

    confirmed = Registration.objects.confirmed().filter(occurrence=slot)
    slot.refresh_from_db()
    assert {*listed[:-1]} <= {*confirmed}
    assert not {*fakes} & {*confirmed}
    # All of them have a seat: 14 who waited, and 4 who came.
    assert (confirmed.count(), slot.taken, slot.waiting) == (18, 18, 0)
    assert Message.objects.filter(kind="promoted", registration__in=listed[:-1]).count() == PEOPLE_WAITING - 1
    assert list(counters.wrong(Occurrence.objects.all())) == []


def test_given_back_twice_at_once_is_given_back_once():
    slot = OccurrenceFactory(capacity=2)
    removal = take_away(*[RegistrationFactory(occurrence=slot) for _ in range(2)])

    def give_back(number):
        with suppress(returning.GivenBackAlready):
            return returning.give_back(removal_id=removal.pk, by=None, now=NOW)

    answers = race(4, give_back)

    assert [each for each in answers if each] == [returning.Returned(seated=2, waiting=0, left=0)]
    assert list(counters.wrong(Occurrence.objects.all())) == []


def test_place_is_not_had_again_while_it_is_taken_away():
    slot = OccurrenceFactory()
    [registration] = register(slot)
    person = registration.participant

    def act(number):
        with suppress(removing.ChangedMeanwhile, refusals.Refused):
            if number == 0:
                return take_away(registration)
            return enrolment.add_session(participant=person, occurrence_id=slot.pk, now=NOW)

    race(4, act)

    assert [each.status for each in Registration.objects.filter(participant=person)] == ["cancelled"]
