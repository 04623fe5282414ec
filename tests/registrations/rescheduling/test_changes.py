"""Moving and calling off slots that people have in their calendars."""

from datetime import UTC, datetime, timedelta

import pytest

from registrations.models import Message, Registration
from registrations.rescheduling import changes
from tests.factories import OccurrenceFactory, RegistrationFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2030, 9, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def move(slot, by, now=NOW):
    starts_at, ends_at = slot.starts_at + by, slot.ends_at + by
    change = changes.reschedule(occurrence_id=slot.pk, starts_at=starts_at, ends_at=ends_at, now=now)
    return change and change.people


def mails():
    return list(Message.objects.order_by("pk").values_list("recipient", "kind"))


def test_moved_slot_tells_each_confirmed_person_once():
    slot = OccurrenceFactory()
    people = [RegistrationFactory(occurrence=slot).participant for _ in range(2)]

    recipients = move(slot, HOUR)

    assert recipients == 2
    assert mails() == [(person.email, "rescheduled") for person in people]


def test_moved_slot_keeps_the_uid_and_raises_the_sequence_of_both_calendar_entries():
    registration = RegistrationFactory(sequence=3)
    slot, uid = registration.occurrence, registration.uid

    move(slot, HOUR)

    slot.refresh_from_db()
    registration.refresh_from_db()
    assert (registration.uid, registration.sequence, registration.revised_at) == (uid, 4, NOW)
    assert (slot.sequence, slot.changed_at) == (1, NOW)


def test_moved_slot_leaves_cancelled_and_other_people_alone():
    slot = OccurrenceFactory()
    gone = RegistrationFactory(occurrence=slot, status=Registration.Status.CANCELLED)
    elsewhere = RegistrationFactory(occurrence=OccurrenceFactory(session=slot.session))

    recipients = move(slot, HOUR)

    assert (recipients, mails()) == (0, [])
    assert set(Registration.objects.values_list("pk", "sequence")) == {(gone.pk, 0), (elsewhere.pk, 0)}


def test_unchanged_times_change_nothing_and_tell_nobody():
    slot = RegistrationFactory().occurrence

    recipients = move(slot, timedelta(0))

    slot.refresh_from_db()
    assert (recipients, mails(), slot.sequence) == (None, [], 0)


def test_second_move_carries_a_higher_sequence_so_the_last_one_wins():
    registration = RegistrationFactory()
    slot = registration.occurrence
    sequences = []

    for hours in (1, 2, 1):
        move(slot, hours * HOUR)
        registration.refresh_from_db()
        sequences.append(registration.sequence)

    assert sequences == [1, 2, 3]
    assert Message.objects.count() == 3


def test_slot_called_off_is_not_moved():
    slot = RegistrationFactory().occurrence
    changes.call_off(occurrence_id=slot.pk, now=NOW)

    with pytest.raises(changes.CalledOff):
        move(slot, HOUR)

    assert [kind for _recipient, kind in mails()] == ["called_off"]


def test_calling_off_twice_tells_once():
    registration = RegistrationFactory()
    slot = registration.occurrence

    first, second = [changes.call_off(occurrence_id=slot.pk, now=NOW + hours * HOUR) for hours in (0, 1)]

    slot.refresh_from_db()
    assert (first.people, second, slot.called_off_at) == (1, None, NOW)
    assert mails() == [(registration.participant.email, "called_off")]


def test_calling_off_keeps_the_registrations():
    registration = RegistrationFactory()

    changes.call_off(occurrence_id=registration.occurrence_id, now=NOW)

    registration.refresh_from_db()
    assert (registration.status, registration.sequence) == (Registration.Status.CONFIRMED, 1)


def test_capacity_below_the_confirmed_is_refused_with_their_number():
    slot = OccurrenceFactory(capacity=5)
    RegistrationFactory.create_batch(2, occurrence=slot)

    with pytest.raises(changes.CapacityBelowConfirmed) as refused:
        changes.change_capacity(occurrence_id=slot.pk, capacity=1, now=NOW)

    slot.refresh_from_db()
    assert (refused.value.confirmed, slot.capacity) == (2, 5)


@pytest.mark.parametrize("capacity", [2, 3, None])
def test_capacity_may_be_lowered_to_the_confirmed_or_lifted(capacity):
    slot = OccurrenceFactory(capacity=5)
    RegistrationFactory.create_batch(2, occurrence=slot)

    changes.change_capacity(occurrence_id=slot.pk, capacity=capacity, now=NOW)

    slot.refresh_from_db()
    assert slot.capacity == capacity
