"""The page on which staff call a time slot off."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from registrations.models import Message, Registration, SlotChange
from sessions.models import Occurrence
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.messages import said, said_at_some_hour
from tests.support.races import just_before_the_lock
from tests.support.sessions.admin_pages import confirmed, page
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    """A slot with two confirmed people and one who cancelled."""
    slot = OccurrenceFactory()
    RegistrationFactory.create_batch(2, occurrence=slot)
    RegistrationFactory(occurrence=slot, status=Registration.Status.CANCELLED)
    return slot


def preview(client, slot):
    return client.get(page("occurrence_call_off", slot.pk))


def call_off(client, slot, people=2):
    return client.post(page("occurrence_call_off", slot.pk), confirmed(preview(client, slot), people=people))


def state(slot):
    slot.refresh_from_db()
    return slot.is_called_off, Message.objects.count()


def test_page_says_how_many_will_be_told_and_changes_nothing(admin_client, slot):
    shown = preview(admin_client, slot).content.decode()

    assert "2 people will be told by mail." in shown
    assert 'value="Call it off and tell 2 people"' in shown
    assert "you can hold the time slot after all" in shown
    assert state(slot) == (False, 0)


def test_page_shows_one_of_the_mails_and_when_they_leave(admin_client, slot):
    effect = preview(admin_client, slot).context["effect"]

    assert effect.mail.subject.startswith("Called off: ")
    assert effect.leave.startswith("If you confirm now, the mails leave at ")


def test_confirming_calls_the_slot_off_and_tells_the_confirmed(admin_client, slot):
    response = call_off(admin_client, slot)

    assert state(slot) == (True, 2)
    assert list(Message.objects.values_list("registration__status", "kind")) == [("confirmed", "called_off")] * 2
    assert said(response)[0].endswith("is called off.")
    assert said_at_some_hour(response)[1:] == [
        "The mails to 2 people leave at hh:mm (Geneva). Until then you can take this back."
    ]
    assert LogEntry.objects.get().object_id == str(slot.pk)
    assert response.url == reverse("admin:registrations_slotchange_change", args=[SlotChange.objects.get().pk])


@pytest.mark.parametrize("number", first_always(["", "1", "two"]))
def test_wrong_number_of_people_changes_nothing(admin_client, slot, number):
    response = call_off(admin_client, slot, people=number)

    assert response.context["confirm"].errors["people"] == ["Type 2 here to confirm. Nothing has been changed yet."]
    assert state(slot) == (False, 0)


def test_somebody_who_cancels_meanwhile_makes_staff_look_again(admin_client, slot):
    seen = confirmed(preview(admin_client, slot), people=2)
    slot.registrations.filter(pk=slot.registrations.confirmed().first().pk).update(status="cancelled")

    again = admin_client.post(page("occurrence_call_off", slot.pk), seen)

    assert "will be told is now 1." in again.content.decode()
    assert state(slot) == (False, 0)


def test_slot_without_people_is_called_off_without_a_number(admin_client):
    slot = OccurrenceFactory()

    response = admin_client.post(page("occurrence_call_off", slot.pk), confirmed(preview(admin_client, slot)))

    assert state(slot) == (True, 0)
    assert response.url == page("session_change", slot.session_id)


def test_confirming_twice_tells_once(admin_client, slot):
    seen = confirmed(preview(admin_client, slot), people=2)

    responses = [admin_client.post(page("occurrence_call_off", slot.pk), seen) for _attempt in range(2)]

    assert state(slot) == (True, 2)
    assert said(responses[-1])[-1].startswith("This time slot is called off already.")


def test_confirming_when_somebody_was_faster_tells_nobody_again(admin_client, slot):
    seen = confirmed(preview(admin_client, slot), people=2)

    with just_before_the_lock(lambda: Occurrence.objects.update(called_off_at=slot.changed_at)):
        response = admin_client.post(page("occurrence_call_off", slot.pk), seen)

    assert state(slot) == (True, 0)
    assert said(response)[0].startswith("This time slot is called off already.")


def test_slot_that_was_moved_meanwhile_is_shown_again_first(admin_client, slot):
    seen = confirmed(preview(admin_client, slot), people=2)
    Occurrence.objects.update(sequence=7)

    response = admin_client.post(page("occurrence_call_off", slot.pk), seen)

    assert "Somebody changed this time slot meanwhile." in response.content.decode()
    assert state(slot) == (False, 0)


def test_form_of_the_session_offers_to_hold_it_after_all(admin_client, slot):
    call_off(admin_client, slot)

    shown = admin_client.get(page("session_change", slot.session_id)).content.decode()

    assert page("occurrence_revive", slot.pk) in shown
    assert page("occurrence_move", slot.pk) not in shown
