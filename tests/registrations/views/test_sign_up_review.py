"""The page between form and sign-up asks what only the person can answer, and takes nothing from them."""

import pytest
from django.utils import timezone

from registrations.models import Message, Participant
from sessions.models import Occurrence
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.page_forms import forms_in
from tests.support.registrations.sign_up_form import choice_of, filled_in, page_of

pytestmark = pytest.mark.django_db


def test_review_stores_nothing_counts_nothing_and_goes_back_to_the_form(client, address, slot, late_slot):
    form = client.get(address, {"session": slot.session.slug})
    sent = filled_in(form, timezone="America/Lima", access_needs="Captions\nplease <b>")
    reviews = [client.post(address, sent) for _ in range(9)]

    back = client.post(address, filled_in(reviews[-1], back="1"))

    assert {review.status_code for review in reviews} == {200}
    assert (Participant.objects.count(), Message.objects.count()) == (0, 0)
    assert back.status_code == 200
    again = back.context["form"]
    assert (again["name"].value(), again["timezone"].value()) == ("Amina Otieno", "America/Lima")
    assert again["access_needs"].value().split() == ["Captions", "please", "<b>"]
    assert again["consent"].value() == "on"
    assert [option.is_chosen for option in choice_of(back, slot).slots] == [False, True]
    assert client.post(address, filled_in(reviews[-1])).status_code == 302


def test_slip_in_a_common_mail_domain_is_asked_about(client, address, slot, registered):
    form = client.get(address, {"slot": slot.pk})

    review = client.post(address, filled_in(form, email="amina@gmial.com"))

    assert review.status_code == 200
    assert registered() == []
    unanswered = client.post(address, filled_in(review))
    assert "Please choose one of the two." in unanswered.text
    assert registered() == []
    client.post(address, filled_in(unanswered, meant="amina@gmail.com"))
    assert registered() == [slot.pk]
    assert Participant.objects.get().email == "amina@gmail.com"


def test_address_that_is_right_as_it_is_stays(client, address, slot):
    review = client.post(address, filled_in(client.get(address, {"slot": slot.pk}), email="amina@gmial.com"))

    client.post(address, filled_in(review, meant="amina@gmial.com"))

    assert Participant.objects.get().email == "amina@gmial.com"


def test_seat_that_went_during_the_review_is_said(client, address, slot, late_slot, registered):
    Occurrence.objects.filter(pk=slot.pk).update(capacity=1)
    review = client.post(address, filled_in(client.get(address, {"slot": slot.pk}), email="amina@gmial.com"))
    RegistrationFactory(occurrence=slot)

    answer = client.post(address, filled_in(review, meant="amina@gmail.com"))

    assert answer.status_code == 409
    assert "filled up while you wrote" in choice_of(answer, slot).error
    assert page_of(answer).form["name"].value() == "Amina Otieno"
    assert len(registered()) == 1


def test_review_names_no_field_twice(client, address, slot, late_slot):
    form = client.get(address, {"session": slot.session.slug})
    review = client.post(address, filled_in(form, timezone="America/Lima", email="amina@gmial.com"))

    [asked] = [each for each in forms_in(review.text, "/") if each.method == "post"]

    assert {name: values for name, values in asked.values.items() if len(values) > 1} == {}


def test_session_that_was_called_off_before_the_review_is_said_and_nobody_gets_only_the_others(
    client, address, season, slot, late_slot, registered
):
    other = OccurrenceFactory(session__season=season, session__title="Mercury in fish")
    form = client.get(address)
    Occurrence.objects.filter(pk=other.pk).update(called_off_at=timezone.now())

    both = [slot.session.slug, other.session.slug]
    review = client.post(address, filled_in(form, session=both, timezone="America/Lima"))
    answer = client.post(address, filled_in(review))

    assert review.status_code == 200
    assert answer.status_code == 409
    assert "Mercury in fish: Registration for this session is closed now." in answer.text
    assert (registered(), Message.objects.count()) == ([], 0)


def test_session_that_was_opened_again_during_the_review_is_said_and_gets_no_slot_that_nobody_saw(
    client, address, season, slot, late_slot, registered
):
    other = OccurrenceFactory(session__season=season, session__title="Mercury in fish")
    form = client.get(address)
    Occurrence.objects.filter(pk=other.pk).update(called_off_at=timezone.now())
    both = [slot.session.slug, other.session.slug]
    review = client.post(address, filled_in(form, session=both, timezone="America/Lima"))
    Occurrence.objects.filter(pk=other.pk).update(called_off_at=None)

    answer = client.post(address, filled_in(review))

    assert answer.status_code == 409
    assert "look whether its hour suits you" in choice_of(answer, other).error
    assert registered() == []
