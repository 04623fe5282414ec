"""Whether a slot takes people, how many seats are free, and who waits where."""

from datetime import UTC, datetime, timedelta

import pytest

from registrations.models import Registration
from registrations.seats import availability
from sessions.models import Occurrence
from sessions.slot_states import SlotState
from tests.factories import OccurrenceFactory, RegistrationFactory, SessionFactory

pytestmark = pytest.mark.django_db


def state_of(slot, now=None):
    stored = Occurrence.objects.get(pk=slot.pk)
    return availability.state(stored, now or slot.starts_at - timedelta(days=1))


def test_slot_without_limit_is_open_however_many_come():
    slot = RegistrationFactory().occurrence

    assert (state_of(slot), availability.seats_left(slot)) == (SlotState.OPEN, None)


def test_slot_is_full_when_its_seats_are_taken():
    slot = OccurrenceFactory(capacity=2)
    RegistrationFactory.create_batch(2, occurrence=slot)

    assert (state_of(slot), availability.seats_left(slot)) == (SlotState.WAITING_LIST, 0)


def test_full_slot_has_no_waiting_list_once_the_session_has_begun():
    slot = OccurrenceFactory(capacity=0)

    assert state_of(slot, slot.starts_at - timedelta(seconds=1)) == SlotState.WAITING_LIST
    assert state_of(slot, slot.starts_at) == SlotState.FULL


def test_cancelled_people_take_no_seat():
    slot = OccurrenceFactory(capacity=2)
    RegistrationFactory(occurrence=slot, status="cancelled")

    assert (state_of(slot), availability.seats_left(slot)) == (SlotState.OPEN, 2)


def test_free_seat_that_somebody_waits_for_is_none_for_newcomers():
    slot = OccurrenceFactory(capacity=2)
    RegistrationFactory(occurrence=slot, status="waitlisted")

    assert (state_of(slot), availability.seats_left(slot)) == (SlotState.WAITING_LIST, 2)
    assert availability.is_full(slot)


def test_position_counts_those_who_have_waited_longer_in_the_same_slot():
    slot, begun = OccurrenceFactory(capacity=0), datetime(2030, 9, 1, tzinfo=UTC)
    waiting = {"status": "waitlisted", "occurrence": slot}
    last = RegistrationFactory(waiting_since=begun + timedelta(minutes=1), **waiting)
    first, second = RegistrationFactory.create_batch(2, waiting_since=begun, **waiting)
    RegistrationFactory(status="waitlisted", waiting_since=begun)
    seated = RegistrationFactory(occurrence=slot)

    stored = availability.with_position(Registration.objects.filter(occurrence=slot))

    assert [availability.position(registration) for registration in (first, second, last)] == [1, 2, 3]
    assert {row.pk: row.position for row in stored} == {first.pk: 1, second.pk: 2, last.pk: 3, seated.pk: None}


def test_slot_is_open_until_it_ends():
    slot = OccurrenceFactory()

    assert state_of(slot, slot.ends_at - timedelta(seconds=1)) == SlotState.OPEN
    assert state_of(slot, slot.ends_at) == SlotState.OVER


def test_slot_opens_and_closes_with_its_session():
    slot = OccurrenceFactory()
    slot.session.registration_opens_at = slot.starts_at - timedelta(days=9)
    slot.session.registration_closes_at = slot.starts_at - timedelta(days=2)
    slot.session.save()

    assert state_of(slot, slot.starts_at - timedelta(days=10)) == SlotState.OPENS_LATER
    assert state_of(slot, slot.starts_at - timedelta(days=5)) == SlotState.OPEN
    assert state_of(slot, slot.starts_at - timedelta(days=2)) == SlotState.CLOSED


def test_called_off_slot_stays_called_off_when_its_time_has_passed():
    slot = OccurrenceFactory()
    slot.called_off_at = slot.starts_at - timedelta(days=3)
    slot.save()

    assert state_of(slot) == state_of(slot, slot.ends_at) == SlotState.CALLED_OFF


def test_invitation_only_session_takes_no_registrations():
    slot = OccurrenceFactory(session=SessionFactory(access="invitation"))

    assert state_of(slot) == SlotState.BY_INVITATION
    assert not availability.takes_registrations(slot, slot.starts_at - timedelta(days=1))
