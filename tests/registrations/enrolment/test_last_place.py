"""Many people race for the last places, each over a PostgreSQL connection of their own."""

from threading import Barrier

import pytest
from django.db import connection

from registrations.enrolment import enrolment, locking, refusals
from registrations.models import Registration
from sessions.models import Occurrence
from tests.factories import OccurrenceFactory
from tests.support.races import race
from tests.support.registrations.signing_up import register

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def postgresql():
    assert connection.vendor == "postgresql", "SQLite has no row locks"


def try_to_register(slot, number, email="", submission=""):
    try:
        register(slot, email=email or f"person{number}@example.org", name=f"Person {number}", submission=submission)
    except refusals.NoSeatLeft:
        return "refused"
    return "confirmed"


@pytest.mark.parametrize(("people", "capacity"), [(2, 1), (12, 1), (12, 5)])
def test_exactly_as_many_win_as_there_are_places(people, capacity):
    slot = OccurrenceFactory(capacity=capacity)

    answers = race(people, lambda number: try_to_register(slot, number))

    assert sorted(answers) == ["confirmed"] * capacity + ["refused"] * (people - capacity)
    assert Registration.objects.confirmed().filter(occurrence=slot).count() == capacity


def test_eight_clicks_on_the_last_place_are_one_registration():
    slot = OccurrenceFactory(capacity=1)

    answers = race(8, lambda _number: try_to_register(slot, 0, submission="form-1"))

    assert answers == ["confirmed"] * 8
    assert Registration.objects.count() == 1


def test_people_who_take_several_slots_in_any_order_never_wait_for_each_other_for_ever():
    first = OccurrenceFactory(capacity=3)
    second = OccurrenceFactory(session__season=first.session.season, capacity=3)
    orders = [(first, second), (second, first)]

    answers = race(8, lambda number: try_to_register_both(orders[number % 2], number))

    assert sorted(answers) == ["confirmed"] * 3 + ["refused"] * 5


def try_to_register_both(slots, number):
    try:
        register(*slots, email=f"person{number}@example.org", name=f"Person {number}")
    except refusals.NoSeatLeft:
        return "refused"
    return "confirmed"


def test_without_the_lock_the_last_place_is_given_twice(monkeypatch):
    """The proof that the races above can fail: sign-up as it is, only that nothing is locked."""
    slot = OccurrenceFactory(capacity=1)
    both_have_counted = Barrier(2)
    full_slots = enrolment._full_slots

    def read_only(occurrence_ids):
        return list(Occurrence.objects.select_related("session__season").filter(pk__in=occurrence_ids))

    def count_and_wait(*arguments):
        full = full_slots(*arguments)
        both_have_counted.wait(timeout=60)
        return full

    monkeypatch.setattr(locking, "slots", read_only)
    monkeypatch.setattr(enrolment, "_full_slots", count_and_wait)

    answers = race(2, lambda number: try_to_register(slot, number))

    assert answers == ["confirmed", "confirmed"]
    assert Registration.objects.confirmed().filter(occurrence=slot).count() == 2
