"""The page on which staff call a time slot off."""

import pytest
from django.contrib.admin.models import LogEntry

from registrations.models import Message, Registration
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.sessions.admin_pages import page, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    """A slot with two confirmed people and one who cancelled."""
    slot = OccurrenceFactory()
    RegistrationFactory.create_batch(2, occurrence=slot)
    RegistrationFactory(occurrence=slot, status=Registration.Status.CANCELLED)
    return slot


def test_page_says_how_many_will_be_told_and_changes_nothing(admin_client, slot):
    shown = admin_client.get(page("occurrence_call_off", slot.pk)).content.decode()

    slot.refresh_from_db()
    assert 'value="Call it off and tell 2 people"' in shown
    assert (slot.is_called_off, Message.objects.count()) == (False, 0)


def test_confirming_calls_the_slot_off_and_tells_the_confirmed(admin_client, slot):
    response = admin_client.post(page("occurrence_call_off", slot.pk), {"sequence": 0})

    slot.refresh_from_db()
    assert slot.is_called_off
    assert list(Message.objects.values_list("registration__status", "kind")) == [("confirmed", "called_off")] * 2
    assert said(response)[0].endswith("is called off. 2 people are told by mail.")
    assert LogEntry.objects.get().object_id == str(slot.pk)


def test_confirming_twice_tells_once(admin_client, slot):
    responses = [admin_client.post(page("occurrence_call_off", slot.pk), {"sequence": 0}) for _attempt in range(2)]

    assert Message.objects.count() == 2
    assert said(responses[-1])[-1:] == ["This time slot is called off already; it cannot be changed."]


def test_slot_that_was_moved_meanwhile_is_shown_again_first(admin_client, slot):
    response = admin_client.post(page("occurrence_call_off", slot.pk), {"sequence": 7})

    slot.refresh_from_db()
    assert "Somebody changed this time slot meanwhile." in response.content.decode()
    assert not slot.is_called_off


def test_form_of_the_session_no_longer_offers_to_change_it(admin_client, slot):
    admin_client.post(page("occurrence_call_off", slot.pk), {"sequence": 0})

    shown = admin_client.get(page("session_change", slot.session_id)).content.decode()

    assert "Called off; everybody who was confirmed has been told." in shown
    assert page("occurrence_move", slot.pk) not in shown
