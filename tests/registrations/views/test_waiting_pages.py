"""Waiting lists on the pages of the programme and the sign-up, and in the waiting room."""

import pytest
from django.urls import reverse

from registrations.models import Registration
from tests.support.registrations.sign_up_form import choice_of, typed
from tests.support.registrations.waiting import later_slot, my, set_times, slot_with_queue, third_in_the_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot(season):
    return slot_with_queue(season)


@pytest.fixture
def late_slot(slot):
    return later_slot(slot)


@pytest.fixture
def sign_up(season):
    return reverse("sign_up:form", args=[season.slug])


@pytest.fixture
def waiting(slot):
    return third_in_the_list(slot)


def to_wait(slot):
    return {f"slot-{slot.session.pk}": f"wait-{slot.pk}"}


# The programme


@pytest.mark.parametrize("page", ["season", "session"])
def test_full_slot_says_that_its_waiting_list_is_open_and_leads_there(client, season, slot, page):
    address = season.get_absolute_url() if page == "season" else slot.session.get_absolute_url()

    response = client.get(address)

    assert "All places taken, waiting list open" in response.text
    assert f'href="/sign-up/{season.slug}/?slot={slot.pk}&amp;wait=1">Join the waiting list' in response.text


def test_session_with_another_free_slot_offers_that_one_first(client, slot, late_slot):
    response = client.get(slot.session.get_absolute_url())

    assert f'?slot={late_slot.pk}">Sign up' in response.text
    assert f'?slot={slot.pk}&amp;wait=1">Join the waiting list' in response.text
    assert "Sign up for this session" in response.text
    assert "Join the waiting list of this session" not in response.text


# The sign-up


def test_full_session_is_ticked_only_by_a_link_to_its_list(client, sign_up, slot):
    plain = client.get(sign_up, {"session": slot.session.slug})
    asked = client.get(sign_up, {"session": slot.session.slug, "wait": "1"})

    assert "All places taken. Put me on the waiting list" in plain.text
    assert [choice_of(page, slot).is_ticked for page in (plain, asked)] == [False, True]
    assert 'data-waits="on the waiting list"' in asked.text


def test_free_slot_is_chosen_beforehand_and_the_list_of_the_other_one_is_offered(client, sign_up, slot, late_slot):
    response = client.get(sign_up, {"session": slot.session.slug, "wait": "1"})

    full, free = choice_of(response, slot).slots
    assert (full.value, full.is_chosen, full.is_disabled) == (f"wait-{slot.pk}", False, False)
    assert (free.value, free.is_chosen) == (late_slot.pk, True)
    assert "Put me on the waiting list" in response.text


def test_who_ticks_the_list_waits_and_the_answer_is_the_one_for_everybody(client, sign_up, season, slot):
    response = client.post(sign_up, typed(slot, **to_wait(slot)))

    assert (response.status_code, response.url) == (302, f"/sign-up/{season.slug}/check-your-mail/")
    assert Registration.objects.waiting().last().participant.name == "Amina Otieno"


def test_who_chose_the_slot_before_it_was_full_is_not_put_on_the_list(client, sign_up, slot):
    response = client.post(sign_up, typed(slot))

    choice = choice_of(response, slot)
    assert (response.status_code, choice.is_ticked) == (409, False)
    assert "Tick the session again if you want to be on its waiting list" in choice.error
    assert "amina@example.org" in response.text
    assert Registration.objects.waiting().count() == 2


def test_who_chose_a_slot_that_filled_up_is_offered_the_free_one_and_then_the_list(client, sign_up, slot, late_slot):
    response = client.post(sign_up, typed(slot))

    full, free = choice_of(response, slot).slots
    assert (full.value, full.is_chosen, free.is_chosen) == (f"wait-{slot.pk}", False, True)
    assert choice_of(response, slot).is_ticked


def test_agreement_to_wait_outlives_an_error_elsewhere_and_a_change_of_the_zone(client, sign_up, slot):
    wrong = client.post(sign_up, typed(slot, email="amina@", **to_wait(slot)))
    other_zone = client.post(sign_up, typed(slot, show_times="1", timezone="America/Lima", **to_wait(slot)))

    assert [choice_of(page, slot).is_ticked for page in (wrong, other_zone)] == [True, True]


@pytest.mark.parametrize("sent", ["wait-", "wait-x", "wait-wait-1", "wait-\x00", "wait-999999999999999999999"])
def test_list_of_nothing_registers_nobody(client, sign_up, slot, sent):
    response = client.post(sign_up, typed(slot, **{f"slot-{slot.session.pk}": sent}))

    assert response.status_code == 409
    assert Registration.objects.waiting().count() == 2


# What who waits does not get


def test_waiting_room_says_the_number_and_opens_no_meeting(client, waiting, slot):
    set_times(slot, minutes=5)
    slot.meeting_url = "https://meeting.example/secret"
    slot.save()
    address = reverse("registrations:join", args=[waiting.join_key])

    page, pressed = client.get(address), client.post(address)

    assert "You are number 3 on the waiting list of this time slot." in page.text
    assert waiting.participant.key not in page.text
    assert pressed.status_code == 302
    assert "meeting.example" not in page.text


def test_downloads_and_own_calendar_are_without_the_session(client, waiting):
    person = waiting.participant
    everything = client.get(reverse("registrations:my_calendar", args=[person.key]))
    feed = client.get(reverse("registrations:own_feed", args=[person.feed_key]))
    one = client.get(my("session_calendar", waiting))

    assert "VEVENT" not in everything.text + feed.text
    assert one.status_code == 404
