"""Signing up, changing the time slot, cancelling and coming back, as use cases."""

from datetime import timedelta

import pytest

from registrations.enrolment import enrolment, refusals
from registrations.models import Message, Participant, Registration
from sessions.models import Session
from tests.factories import OccurrenceFactory, RegistrationFactory, SessionFactory
from tests.support.registrations.signing_up import NOW, register

pytestmark = pytest.mark.django_db


@pytest.fixture
def second_slot(slot):
    starts_at = slot.starts_at + timedelta(hours=6)
    return OccurrenceFactory(session=slot.session, starts_at=starts_at)


def kinds_of_mail():
    return list(Message.objects.order_by("pk").values_list("kind", flat=True))


# Signing up


def test_several_sessions_in_one_go(season, slot):
    other = OccurrenceFactory(session__season=season)

    registrations = register(slot, other)

    assert [registration.occurrence for registration in registrations] == [slot, other]
    assert all(registration.is_confirmed and registration.sequence == 0 for registration in registrations)
    assert len({registration.uid for registration in registrations}) == 2
    assert Message.objects.count() == 3


def test_person_is_stored_as_they_describe_themselves(slot):
    register(slot, email="Amina@Example.org", access_needs="Captions")

    person = Participant.objects.get()

    assert person.email == "Amina@Example.org"
    assert (person.name, person.country, person.access_needs) == ("Amina Otieno", "404", "Captions")
    assert (person.consent_version, person.consent_text, person.consented_at) == ("1", "I agree.", NOW)


def test_full_slot_refuses_all_and_stores_nothing(season, slot):
    full = OccurrenceFactory(session__season=season, capacity=1)
    RegistrationFactory(occurrence=full)
    before = Participant.objects.count()

    with pytest.raises(refusals.NoSeatLeft) as refusal:
        register(slot, full)

    assert refusal.value.occurrence_ids == {full.pk}
    assert Participant.objects.count() == before
    assert slot.registrations.count() == 0
    assert kinds_of_mail() == []


def test_seat_of_a_cancelled_registration_is_free(slot):
    slot.capacity = 1
    slot.save()
    RegistrationFactory(occurrence=slot, status=Registration.Status.CANCELLED)

    assert register(slot)[0].is_confirmed


@pytest.mark.parametrize(
    "session",
    [
        {"access": Session.Access.INVITATION},
        {"is_published": False},
        {"registration_opens_at": NOW + timedelta(minutes=1)},
        {"registration_closes_at": NOW},
    ],
)
def test_session_that_takes_no_registrations_refuses(session):
    slot = OccurrenceFactory(session=SessionFactory(**session))

    with pytest.raises(refusals.RegistrationClosed):
        register(slot)

    assert Registration.objects.count() == 0


def test_slot_that_is_over_refuses(slot):
    with pytest.raises(refusals.RegistrationClosed):
        register(slot, now=slot.ends_at)


def test_slot_that_is_called_off_refuses(slot):
    slot.called_off_at = NOW
    slot.save()

    with pytest.raises(refusals.RegistrationClosed):
        register(slot)


def test_known_person_keeps_the_details_and_gets_the_new_session_only(season, slot):
    other = OccurrenceFactory(session__season=season)
    [first] = register(slot)

    registrations = register(slot, other, organisation="Somebody Else", timezone="Asia/Tokyo")

    assert [registration.occurrence for registration in registrations] == [other]
    first.participant.refresh_from_db()
    assert (first.participant.organisation, first.participant.timezone) == ("Ministry of Environment", "Africa/Nairobi")


def test_signing_up_again_for_the_same_session_registers_nothing_and_sends_what_is_known(slot, second_slot):
    register(slot)

    assert register(second_slot) == []
    assert Registration.objects.get().occurrence == slot
    assert kinds_of_mail() == ["confirmation", "already_registered"]


def test_same_form_twice_is_one_registration_and_one_mail(slot):
    first = register(slot, submission="form-1")

    second = register(slot, submission="form-1")

    assert second == first
    assert Registration.objects.count() == 1
    assert kinds_of_mail() == ["confirmation"]


def test_same_form_twice_for_the_last_place_answers_the_same(slot):
    slot.capacity = 1
    slot.save()
    first = register(slot, submission="form-1")

    assert register(slot, submission="form-1") == first


def test_two_names_behind_one_mailbox_are_two_people(slot):
    register(slot, name="Amina Otieno")
    register(slot, name="Juma Otieno")

    assert set(Participant.objects.values_list("name", flat=True)) == {"Amina Otieno", "Juma Otieno"}
    assert Registration.objects.count() == 2


@pytest.mark.parametrize(
    ("email", "name"), [("AMINA@Example.ORG", "Amina Otieno"), ("amina@example.org", "AMINA  OTIENO")]
)
def test_same_mailbox_and_name_in_other_letters_are_the_same_person(slot, email, name):
    register(slot)
    register(slot, email=email, name=name)

    assert Participant.objects.count() == 1
    assert Registration.objects.count() == 1


# Changing the time slot


def test_change_of_slot_keeps_the_entry_and_raises_its_sequence(slot, second_slot):
    [registration] = register(slot)
    later = NOW + timedelta(days=1)

    enrolment.change_occurrence(registration_id=registration.pk, occurrence_id=second_slot.pk, now=later)

    changed = Registration.objects.get()
    assert (changed.occurrence, changed.uid, changed.sequence) == (second_slot, registration.uid, 1)
    assert changed.revised_at == later
    assert kinds_of_mail()[-1] == "slot_changed"


def test_change_to_the_slot_one_has_changes_nothing(slot):
    [registration] = register(slot)

    enrolment.change_occurrence(registration_id=registration.pk, occurrence_id=slot.pk, now=NOW)

    assert Registration.objects.get().sequence == 0
    assert kinds_of_mail() == ["confirmation"]


def test_change_to_a_full_slot_is_refused(slot, second_slot):
    second_slot.capacity = 0
    second_slot.save()
    [registration] = register(slot)

    with pytest.raises(refusals.NoSeatLeft):
        enrolment.change_occurrence(registration_id=registration.pk, occurrence_id=second_slot.pk, now=NOW)

    assert Registration.objects.get().occurrence == slot


def test_change_to_another_session_is_refused(season, slot):
    [registration] = register(slot)
    foreign = OccurrenceFactory(session__season=season)

    with pytest.raises(refusals.RegistrationClosed):
        enrolment.change_occurrence(registration_id=registration.pk, occurrence_id=foreign.pk, now=NOW)


def test_change_is_possible_after_sign_up_has_closed(slot, second_slot):
    [registration] = register(slot)
    Session.objects.update(registration_closes_at=NOW)

    enrolment.change_occurrence(registration_id=registration.pk, occurrence_id=second_slot.pk, now=NOW)

    assert Registration.objects.get().occurrence == second_slot


def test_change_of_a_cancelled_registration_is_refused(slot, second_slot):
    [registration] = register(slot)
    enrolment.cancel(registration_id=registration.pk, now=NOW)

    with pytest.raises(refusals.RegistrationClosed):
        enrolment.change_occurrence(registration_id=registration.pk, occurrence_id=second_slot.pk, now=NOW)


# Cancelling and coming back


def test_cancelling_twice_is_cancelling_once(slot):
    [registration] = register(slot)

    for _ in range(2):
        enrolment.cancel(registration_id=registration.pk, now=NOW)

    cancelled = Registration.objects.get()
    assert (cancelled.is_cancelled, cancelled.cancelled_at, cancelled.sequence) == (True, NOW, 1)
    assert kinds_of_mail() == ["confirmation", "cancelled"]


def test_cancelling_after_the_end_is_refused(slot):
    [registration] = register(slot)

    with pytest.raises(refusals.RegistrationClosed):
        enrolment.cancel(registration_id=registration.pk, now=slot.ends_at)

    assert Registration.objects.get().is_confirmed


def test_coming_back_begins_a_new_cycle(slot):
    [registration] = register(slot)
    enrolment.cancel(registration_id=registration.pk, now=NOW)

    again = enrolment.add_session(participant=registration.participant, occurrence_id=slot.pk, now=NOW)

    assert again.is_confirmed
    assert again.sequence == 0
    assert again.uid != registration.uid
    assert again.join_key != registration.join_key
    assert kinds_of_mail() == ["confirmation", "cancelled", "confirmation"]


def test_coming_back_twice_is_coming_back_once(slot):
    [registration] = register(slot)
    enrolment.cancel(registration_id=registration.pk, now=NOW)

    first, second = (
        enrolment.add_session(participant=registration.participant, occurrence_id=slot.pk, now=NOW) for _ in range(2)
    )

    assert first == second


def test_coming_back_to_a_full_slot_is_refused(slot):
    [registration] = register(slot)
    enrolment.cancel(registration_id=registration.pk, now=NOW)
    slot.capacity = 0
    slot.save()

    with pytest.raises(refusals.NoSeatLeft):
        enrolment.add_session(participant=registration.participant, occurrence_id=slot.pk, now=NOW)
