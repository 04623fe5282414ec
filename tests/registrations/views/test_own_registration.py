"""One registration on a person's own pages: changing its slot, cancelling, coming back."""

import pytest
from django.utils import timezone

from registrations.models import Message, Registration
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.messages import said
from tests.support.registrations.own_pages import address, held

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return ParticipantFactory(timezone="Africa/Nairobi")


@pytest.fixture
def slot(person):
    return OccurrenceFactory(session__season=person.season, session__title="Mercury in rice")


@pytest.fixture
def registration(person, slot):
    return RegistrationFactory(participant=person, occurrence=slot)


@pytest.mark.parametrize("method", ["get", "head", "options"])
@pytest.mark.parametrize("page", ["cancel", "change_slot", "come_back"])
def test_opening_a_link_changes_nothing(client, person, slot, late_slot, registration, page, method):
    getattr(client, method)(address(page, person, slot), {"slot": late_slot.pk})

    unchanged = Registration.objects.get()
    assert (unchanged.occurrence, unchanged.status, unchanged.sequence) == (slot, registration.status, 0)


# Cancelling


def test_cancel_page_says_what_will_happen_and_its_button_does_it(client, person, slot, registration):
    page = client.get(address("cancel", person, slot))
    response = client.post(address("cancel", person, slot))

    assert "takes the entry out of your calendar" in page.text
    assert (response.status_code, response.url) == (302, f"/my/{person.key}/")
    assert Registration.objects.get().is_cancelled
    assert said(response) == [
        "Your registration for “Mercury in rice” is cancelled.",
        "A mail that takes it out of your calendar is on its way.",
    ]


def test_session_that_is_over_is_not_cancelled(client, person):
    registration = held(person, days=-3)

    page = client.get(address("cancel", person, registration))
    response = client.post(address("cancel", person, registration))

    assert "There is nothing to cancel." in page.text
    assert said(response)[0].endswith("is over. Nothing was changed.")
    assert Registration.objects.get().is_confirmed


# Changing the slot


def test_change_moves_the_registration(client, person, slot, late_slot, registration):
    page = client.get(address("change_slot", person, slot))
    response = client.post(address("change_slot", person, slot), {"slot": late_slot.pk})

    assert [option.value for option in page.context["slots"]] == [late_slot.pk]
    assert response.status_code == 302
    assert Registration.objects.get().occurrence == late_slot
    assert "moves the entry in your calendar" in said(response)[-1]


@pytest.mark.parametrize("sent", [None, "", "abc", "a\x00b", "999999999999999999999"])
def test_change_without_a_slot_of_the_session_asks_again(client, person, slot, late_slot, registration, sent):
    response = client.post(address("change_slot", person, slot), {} if sent is None else {"slot": sent})

    assert response.status_code == 422
    assert "Please choose a time slot." in response.text
    assert Registration.objects.get().occurrence == slot


def test_change_to_a_slot_that_filled_up_is_said(client, person, slot, late_slot, registration):
    late_slot.capacity = 0
    late_slot.save()

    response = client.post(address("change_slot", person, slot), {"slot": late_slot.pk})

    assert response.status_code == 409
    assert "Nothing was changed." in response.text
    assert Registration.objects.get().occurrence == slot


# Coming back


def test_coming_back_registers_again(client, person, slot):
    RegistrationFactory(participant=person, occurrence=slot, status=Registration.Status.CANCELLED)

    response = client.post(address("come_back", person, slot), {"slot": slot.pk})

    assert response.url == f"/my/{person.key}/"
    assert Registration.objects.active().get().occurrence == slot
    assert Message.objects.get().kind == "confirmation"


def test_what_was_done_is_said_in_the_language_of_the_person(client, settings, person, slot):
    settings.LANGUAGES = [("en", "English"), ("fr", "Français")]
    type(person).objects.update(language="fr")
    RegistrationFactory(participant=person, occurrence=slot, status="cancelled")

    page = client.post(address("come_back", person, slot), {"slot": slot.pk}, follow=True)

    assert "est de nouveau confirmée" in page.text
    assert "is on its way" not in page.text


def test_coming_back_proposes_the_slot_that_was_cancelled(client, person, slot, late_slot):
    for cancelled in (late_slot, slot):
        RegistrationFactory(participant=person, occurrence=cancelled, status=Registration.Status.CANCELLED)

        options = client.get(address("come_back", person, slot)).context["slots"]

        assert [option.time.occurrence for option in options if option.is_chosen] == [cancelled]


def test_coming_back_to_a_slot_that_filled_up_is_said(client, person, slot):
    RegistrationFactory(participant=person, occurrence=slot, status=Registration.Status.CANCELLED)
    slot.capacity = 0
    slot.save()

    response = client.post(address("come_back", person, slot), {"slot": slot.pk})

    assert response.status_code == 409
    assert not Registration.objects.active().exists()


def test_coming_back_to_a_closed_session_is_said(client, person, slot):
    RegistrationFactory(participant=person, occurrence=slot, status=Registration.Status.CANCELLED)
    slot.session.registration_closes_at = timezone.now()
    slot.session.save()

    page = client.get(address("come_back", person, slot))

    assert "This session takes no registrations now" in page.text
