"""The numbers of people that time slots keep: whatever people and staff do, they are those of the registrations."""

from datetime import timedelta
from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registrations.delegations.members import Named
from registrations.enrolment import enrolment, refusals
from registrations.models import Registration
from registrations.privacy import erasure
from registrations.rescheduling import changes
from registrations.seats import counters
from sessions.models import Occurrence
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.registrations.delegations import ask, press
from tests.support.registrations.signing_up import NOW, register

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    return OccurrenceFactory(capacity=2)


def numbers(slot) -> tuple[int, int]:
    """Confirmed and waiting, as the slot keeps them; they must be those of the registrations."""
    assert list(counters.wrong(Occurrence.objects.all())) == []
    return Occurrence.objects.values_list("taken", "waiting").get(pk=slot.pk)


def person_in(slot, name, **more):
    [registration] = register(slot, name=name, email=f"{name}@example.org", **more)
    return registration


def full_with_one_waiting(slot):
    first, second = person_in(slot, "first"), person_in(slot, "second")
    return first, second, person_in(slot, "third", waits_for={slot.pk})


def test_sign_up_counts_who_is_seated_and_who_waits(slot):
    full_with_one_waiting(slot)

    assert numbers(slot) == (2, 1)


def test_form_that_comes_twice_counts_once(slot):
    first = {"name": "first", "email": "first@example.org"}
    for submission in ("form-1", "form-1", "form-2"):
        register(slot, **first, submission=submission)

    assert numbers(slot) == (1, 0)


def test_cancelled_seat_goes_to_who_waits(slot):
    first, _second, _third = full_with_one_waiting(slot)

    enrolment.cancel(registration_id=first.pk, now=NOW)
    enrolment.cancel(registration_id=first.pk, now=NOW)

    assert numbers(slot) == (2, 0)


def test_leaving_the_list_takes_nobody_from_a_seat(slot):
    _first, _second, third = full_with_one_waiting(slot)

    enrolment.cancel(registration_id=third.pk, now=NOW)

    assert numbers(slot) == (2, 0)


def test_changing_the_slot_counts_in_both(slot):
    first, _second, _third = full_with_one_waiting(slot)
    other = OccurrenceFactory(session=slot.session)

    enrolment.change_occurrence(registration_id=first.pk, occurrence_id=other.pk, now=NOW)

    assert (numbers(slot), numbers(other)) == ((2, 0), (1, 0))


@pytest.mark.parametrize(("capacity", "in_other"), [(None, (1, 0)), (0, (0, 1))], ids=["to a seat", "to its list"])
def test_going_from_a_list_to_another_slot_counts_in_both(slot, capacity, in_other):
    _first, _second, third = full_with_one_waiting(slot)
    other = OccurrenceFactory(session=slot.session, capacity=capacity)

    enrolment.change_occurrence(registration_id=third.pk, occurrence_id=other.pk, now=NOW, waits=True)

    assert (numbers(slot), numbers(other)) == ((2, 0), in_other)


def test_coming_back_counts_again(slot):
    first = person_in(slot, "first")
    enrolment.cancel(registration_id=first.pk, now=NOW)

    enrolment.add_session(participant=first.participant, occurrence_id=slot.pk, now=NOW)

    assert numbers(slot) == (1, 0)


@pytest.mark.parametrize("capacity", [3, None])
def test_more_places_move_people_up(slot, capacity):
    full_with_one_waiting(slot)

    changes.change_capacity(occurrence_id=slot.pk, capacity=capacity, now=NOW)

    assert numbers(slot) == (3, 0)


def test_fewer_places_than_people_are_refused(slot):
    full_with_one_waiting(slot)

    with pytest.raises(changes.CapacityBelowConfirmed) as refused:
        changes.change_capacity(occurrence_id=slot.pk, capacity=1, now=NOW)

    assert (refused.value.confirmed, numbers(slot)) == (2, (2, 1))


def test_slot_held_after_all_gives_its_seats_to_who_waits(slot):
    first, _second, _third = full_with_one_waiting(slot)
    changes.call_off(occurrence_id=slot.pk, now=NOW)
    enrolment.cancel(registration_id=first.pk, now=NOW)
    called_off = numbers(slot)

    changes.revive(occurrence_id=slot.pk, now=NOW)

    assert (called_off, numbers(slot)) == ((1, 1), (2, 0))


def test_who_erases_their_details_gives_the_seat_back(slot):
    first, _second, _third = full_with_one_waiting(slot)

    erasure.erase(participant_id=first.participant_id, now=NOW)

    assert numbers(slot) == (2, 0)


def test_delegation_never_takes_a_seat_that_somebody_waits_for(slot):
    """A seat freed after the start is given to nobody who waits, and so to no newcomer either."""
    asked = ask(slot, named=[Named("Juma Kiptoo", "juma@example.org")], now=slot.starts_at - timedelta(days=1))
    first, _second, _third = full_with_one_waiting(slot)
    begun = slot.starts_at + timedelta(minutes=5)
    enrolment.cancel(registration_id=first.pk, now=begun)

    with pytest.raises(refusals.NoSeatLeft):
        press(asked, now=begun)

    assert numbers(slot) == (1, 1)


def test_delegation_counts_each_of_its_people(slot):
    press(ask(slot, named=[Named("Juma Kiptoo", "juma@example.org")], takes_part=True))

    assert numbers(slot) == (2, 0)


def test_numbers_never_fall_below_nobody(slot):
    with pytest.raises(IntegrityError), transaction.atomic():
        counters.change([slot], taken=-1)


@pytest.mark.parametrize("people", [1, 30])
def test_sign_up_asks_as_little_in_a_crowd(people):
    slot = OccurrenceFactory(capacity=100)
    RegistrationFactory.create_batch(people, occurrence=slot)

    with CaptureQueriesContext(connection) as asked:
        person_in(slot, "newcomer")

    counted = [query["sql"] for query in asked if "COUNT(" in query["sql"]]
    assert counted == []


def test_end_of_a_long_list_is_found_in_its_index(slot):
    RegistrationFactory.create_batch(30, occurrence=slot, status="waitlisted")

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        plan = Registration.objects.waiting().filter(occurrence=slot).reverse().explain()

    assert "registration_by_place_in_list" in plan


def test_migration_counts_who_was_there_before(slot):
    full_with_one_waiting(slot)
    Occurrence.objects.update(taken=0, waiting=0)

    import_module("registrations.migrations.0011_numbers_of_people").count(apps, None)

    assert numbers(slot) == (2, 1)


def miscount(slot):
    Occurrence.objects.filter(pk=slot.pk).update(taken=7)


def test_wrong_number_is_found_and_corrected(slot):
    full_with_one_waiting(slot)
    miscount(slot)
    found = [(wrong.pk, wrong.taken, wrong.seated, wrong.listed) for wrong in counters.wrong(Occurrence.objects.all())]

    said = StringIO()
    call_command("count_places", stdout=said)

    assert found == [(slot.pk, 7, 2, 1)]
    assert said.getvalue() == "1 time slots had a wrong number of people.\n"
    assert numbers(slot) == (2, 1)


@pytest.mark.usefixtures("everything_runs")
def test_check_post_fails_when_a_number_is_wrong():
    slot = OccurrenceFactory(starts_at=timezone.now() + timedelta(days=1))
    call_command("check_post", stdout=StringIO())
    miscount(slot)

    with pytest.raises(CommandError, match="time slots whose number of people is wrong: 1; count_places sets it right"):
        call_command("check_post", stdout=StringIO())


def test_page_post_shows_a_wrong_number(admin_client):
    slot = OccurrenceFactory(starts_at=timezone.now() + timedelta(days=1))
    right = admin_client.get("/admin/registrations/message/post/").text
    miscount(slot)

    page = admin_client.get("/admin/registrations/message/post/")

    assert "The numbers are those of the registrations." in right
    [row] = page.context["miscounted"]
    assert (row["session"], row["kept"], row["counted"]) == (
        slot.session.title,
        "7 confirmed, 0 waiting",
        "0 confirmed, 0 waiting",
    )
    assert "7 confirmed, 0 waiting" in page.text
