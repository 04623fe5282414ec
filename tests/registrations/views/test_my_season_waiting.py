"""Waiting lists in my season: the number in the list, and what can be done."""

import pytest
from django.urls import reverse

from tests.factories import OccurrenceFactory, RegistrationFactory, SeasonFactory
from tests.support.messages import said
from tests.support.registrations.waiting import later_slot, my, set_times, slot_with_queue, third_in_the_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    return slot_with_queue(SeasonFactory())


@pytest.fixture
def late_slot(slot):
    return later_slot(slot)


@pytest.fixture
def waiting(slot):
    return third_in_the_list(slot)


def my_entry(client, registration):
    page = client.get(reverse("registrations:my_season", args=[registration.participant.key])).context["page"]
    return next(entry for entry in page.entries if entry.registration == registration)


def test_my_season_shows_the_number_and_what_can_be_done(client, waiting, late_slot):
    entry = my_entry(client, waiting)

    assert entry.state == "You are on the waiting list: number 3."
    assert [action.words for action in entry.actions] == [
        "Take the other time slot: it has free places",
        "Leave the waiting list",
        "Ask the speakers",
    ]
    assert (entry.calendar_url, entry.takes_place) == ("", False)


def test_my_season_keeps_who_waits_apart_from_the_next_session(client, waiting):
    response = client.get(reverse("registrations:my_season", args=[waiting.participant.key]))

    page = response.context["page"]
    assert (page.next, page.coming, [entry.registration for entry in page.waiting]) == (None, [], [waiting])
    assert "Add to a calendar by hand" not in response.text


def test_other_list_is_offered_where_nothing_is_free(client, waiting, late_slot):
    late_slot.capacity = 0
    late_slot.save()

    actions = [action.words for action in my_entry(client, waiting).actions]

    assert actions == ["Wait for another time slot", "Leave the waiting list", "Ask the speakers"]


@pytest.mark.parametrize(
    ("starts", "words"),
    [
        ({"minutes": -10}, "The session has begun without a free place for you. We are sorry."),
        ({"hours": -3}, "The session took place without a free place for you. We are sorry."),
    ],
)
def test_who_waited_in_vain_is_told_kindly(client, waiting, slot, starts, words):
    set_times(slot, **starts)

    entry = my_entry(client, waiting)
    page = client.get(reverse("registrations:join", args=[waiting.join_key]))

    assert entry.state == words
    assert words in page.text
    assert entry.actions == []


def test_take_the_other_slot_with_its_button(client, waiting, late_slot):
    page = client.get(my("change_slot", waiting))
    response = client.post(my("change_slot", waiting), {"slot": late_slot.pk})

    assert "gives you a place at once" in page.text
    assert [(option.value, option.is_chosen) for option in page.context["slots"]] == [(late_slot.pk, True)]
    assert said(response) == [
        "You have a place in “Mercury in rice” now.",
        "A mail with a new calendar entry is on its way.",
    ]
    waiting.refresh_from_db()
    assert (waiting.is_confirmed, waiting.occurrence) == (True, late_slot)


def test_wait_for_the_other_slot_with_its_button(client, waiting, late_slot):
    late_slot.capacity = 0
    late_slot.save()

    page = client.get(my("change_slot", waiting))
    response = client.post(my("change_slot", waiting), {"slot": f"wait-{late_slot.pk}"})

    assert "Put me on the waiting list" in page.text
    assert said(response)[0].startswith("You are on the waiting list for “Mercury in rice”.")
    waiting.refresh_from_db()
    assert (waiting.is_waiting, waiting.occurrence) == (True, late_slot)


def test_leave_the_list_with_its_button(client, waiting):
    page = client.get(my("cancel", waiting))
    response = client.post(my("cancel", waiting))

    assert "<h1>Leave the waiting list</h1>" in page.text
    assert said(response)[0].startswith("You left the waiting list for “Mercury in rice”.")
    assert my_entry(client, waiting).state == "You left the waiting list."


def test_come_back_to_the_list_with_its_button(client, waiting, slot):
    client.post(my("cancel", waiting))

    page = client.get(my("come_back", waiting))
    response = client.post(my("come_back", waiting), {"slot": f"wait-{slot.pk}"})

    assert "You can wait for one: the person who has waited longest gets the next place" in page.text
    assert said(response)[0].startswith("You are on the waiting list for “Mercury in rice”.")


def test_who_has_a_seat_is_offered_no_list(client, slot, late_slot):
    late_slot.capacity = 0
    late_slot.save()
    seated = slot.registrations.confirmed().get()

    page = client.get(my("change_slot", seated))
    client.post(my("change_slot", seated), {"slot": f"wait-{late_slot.pk}"})

    assert page.context["slots"] == []
    seated.refresh_from_db()
    assert (seated.is_confirmed, seated.occurrence) == (True, slot)


@pytest.mark.parametrize("method", ["get", "head", "options"])
@pytest.mark.parametrize("page", ["cancel", "change_slot"])
def test_opening_a_link_changes_nothing(client, waiting, late_slot, page, method):
    getattr(client, method)(my(page, waiting), {"slot": late_slot.pk})

    before = (waiting.status, waiting.occurrence_id, waiting.sequence)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.occurrence_id, waiting.sequence) == before


def test_my_season_asks_the_database_the_same_for_one_and_for_three(
    client, waiting, settings, django_assert_num_queries
):
    person = waiting.participant
    for _ in range(2):
        client.get(reverse("registrations:my_season", args=[person.key]))
        settings.PROGRAMME_SECONDS = 60
        with django_assert_num_queries(6):
            client.get(reverse("registrations:my_season", args=[person.key]))
        settings.PROGRAMME_SECONDS = 0
        for _more in range(2):
            slot = OccurrenceFactory(session__season=person.season, capacity=0)
            RegistrationFactory(participant=person, occurrence=slot, status="waitlisted")
