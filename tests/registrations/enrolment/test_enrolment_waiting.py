"""Joining a waiting list, leaving it, and going from one slot's list to another slot."""

from datetime import timedelta

import pytest

from registrations.enrolment import enrolment, refusals
from registrations.models import Message, Registration
from tests.factories import OccurrenceFactory
from tests.support.registrations.signing_up import NOW, register
from tests.support.registrations.waiting import (
    full_slot,
    join_list,
    join_list_in_turn,
    kinds_to,
    names_seated,
    names_waiting,
    seated,
)

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def slot():
    return full_slot()


@pytest.fixture
def other(slot):
    """Another slot of the session, with free places."""
    return OccurrenceFactory(session=slot.session, starts_at=slot.starts_at + timedelta(hours=6), capacity=5)


def go_to(registration, slot, **agreed):
    return enrolment.change_occurrence(registration_id=registration.pk, occurrence_id=slot.pk, now=LATER, **agreed)


def take_all_places(slot):
    slot.capacity = 0
    slot.save()


# Signing up


def test_full_slot_takes_nobody_who_did_not_agree_to_wait(slot):
    with pytest.raises(refusals.NoSeatLeft) as refusal:
        register(slot)

    assert refusal.value.occurrence_ids == {slot.pk}
    assert names_waiting(slot) == []


def test_agreement_to_wait_for_one_slot_is_none_for_another(slot):
    elsewhere = full_slot(session__season=slot.session.season)

    with pytest.raises(refusals.NoSeatLeft) as refusal:
        register(slot, elsewhere, waits_for={slot.pk})

    assert refusal.value.occurrence_ids == {elsewhere.pk}
    assert not Registration.objects.waiting().exists()


def test_who_agrees_waits_at_the_end_without_an_entry(slot):
    join_list(slot, "Ana Lima")

    [registration] = register(slot, waits_for={slot.pk}, now=LATER)

    assert (registration.status, registration.waiting_since) == (Registration.Status.WAITLISTED, LATER)
    assert (registration.sequence, registration.entry_was_mailed) == (0, False)
    assert names_waiting(slot) == ["Ana Lima", "Amina Otieno"]


def test_who_agrees_to_wait_gets_the_seat_that_is_free(other):
    [registration] = register(other, waits_for={other.pk})

    assert registration.is_confirmed


def test_newcomer_does_not_get_a_seat_that_others_wait_for(slot):
    """No use case leaves such a seat, except one after the session began."""
    join_list(slot, "Ana Lima")
    begun = slot.starts_at + timedelta(minutes=1)
    enrolment.cancel(registration_id=seated(slot)[0].pk, now=begun)

    with pytest.raises(refusals.NoSeatLeft):
        register(slot, waits_for={slot.pk}, now=begun)


def test_nobody_joins_the_list_of_a_session_that_has_begun(slot):
    with pytest.raises(refusals.NoSeatLeft):
        register(slot, waits_for={slot.pk}, now=slot.starts_at)


def test_sessions_with_a_seat_and_with_a_list_in_one_go(slot):
    free = OccurrenceFactory(session__season=slot.session.season)

    registrations = register(slot, free, waits_for={slot.pk})

    assert {registration.occurrence: registration.is_waiting for registration in registrations} == {
        slot: True,
        free: False,
    }
    assert kinds_to(registrations[0].participant) == ["summary", "invitation"]


def test_same_form_twice_waits_once(slot):
    first, second = (register(slot, submission="form-1", waits_for={slot.pk}) for _ in range(2))

    assert first == second
    assert Registration.objects.waiting().count() == 1
    assert kinds_to(first[0].participant) == ["waitlisted"]


def test_who_waits_and_signs_up_again_keeps_the_place_in_the_list(slot):
    mine = join_list(slot, "Amina Otieno")
    join_list(slot, "Juma Otieno")

    assert register(slot, waits_for={slot.pk}, now=LATER) == []

    assert names_waiting(slot) == ["Amina Otieno", "Juma Otieno"]
    assert kinds_to(mine.participant) == ["waitlisted", "already_registered"]


# Leaving the list


def test_who_leaves_the_list_is_told_so_once(slot):
    waiting = join_list(slot)

    for _ in range(2):
        enrolment.cancel(registration_id=waiting.pk, now=LATER)

    waiting.refresh_from_db()
    assert (waiting.is_cancelled, waiting.cancelled_at) == (True, LATER)
    assert kinds_to(waiting.participant) == ["waitlisted", "left_waiting_list"]


def test_who_comes_back_waits_at_the_end(slot):
    first, _second = join_list_in_turn(slot, "Ana Lima", "Juma Otieno")
    enrolment.cancel(registration_id=first.pk, now=LATER)

    again = enrolment.add_session(participant=first.participant, occurrence_id=slot.pk, now=LATER, waits=True)

    assert again.uid != first.uid
    assert names_waiting(slot) == ["Juma Otieno", "Ana Lima"]


def test_coming_back_to_a_full_slot_needs_the_agreement_to_wait(slot):
    first = join_list(slot)
    enrolment.cancel(registration_id=first.pk, now=LATER)

    with pytest.raises(refusals.NoSeatLeft):
        enrolment.add_session(participant=first.participant, occurrence_id=slot.pk, now=LATER)


# Another slot of the session


def test_who_waits_takes_a_free_place_of_the_other_slot(slot, other):
    waiting = join_list(slot)

    go_to(waiting, other)

    taken = Registration.objects.get(pk=waiting.pk)
    assert (taken.occurrence, taken.is_confirmed, taken.waiting_since) == (other, True, None)
    assert (taken.uid, taken.sequence, taken.entry_was_mailed) == (waiting.uid, 1, True)
    assert kinds_to(waiting.participant) == ["waitlisted", "confirmation"]


def test_who_waits_goes_to_the_end_of_the_other_list_only_by_agreement(slot, other):
    take_all_places(other)
    join_list(other, "Li Wei", now=LATER)
    waiting = join_list(slot, "Juma Otieno")

    with pytest.raises(refusals.NoSeatLeft):
        go_to(waiting, other)
    assert names_waiting(slot) == ["Juma Otieno"]

    go_to(waiting, other, waits=True)
    assert (names_waiting(slot), names_waiting(other)) == ([], ["Li Wei", "Juma Otieno"])
    assert kinds_to(waiting.participant) == ["waitlisted", "waitlisted"]


def test_older_registration_does_not_overtake_in_the_other_list_at_the_same_moment(slot, other):
    take_all_places(other)
    waiting = join_list(slot, "Juma Otieno", now=LATER)
    join_list(other, "Li Wei", now=LATER)

    go_to(waiting, other, waits=True)

    assert names_waiting(other) == ["Li Wei", "Juma Otieno"]


def test_nobody_gives_up_a_seat_for_a_list(slot, other):
    take_all_places(other)
    [first] = seated(slot)

    with pytest.raises(refusals.NoSeatLeft):
        go_to(first, other, waits=True)

    assert seated(slot) == [first]


def test_who_waited_in_vain_takes_the_other_slot_that_is_to_come(slot, other):
    waiting = join_list(slot)

    moved = enrolment.change_occurrence(registration_id=waiting.pk, occurrence_id=other.pk, now=slot.ends_at)

    assert moved.is_confirmed
    assert names_seated(other) == {"Juma Otieno"}


# Mails of the freed seat


def test_cancelling_posts_the_mail_of_who_moves_up_in_the_same_transaction(slot):
    waiting = join_list(slot)

    enrolment.cancel(registration_id=seated(slot)[0].pk, now=LATER)

    mail = Message.objects.get(kind="promoted")
    assert (mail.registration, mail.due_at, mail.sequence) == (waiting, LATER, 1)
