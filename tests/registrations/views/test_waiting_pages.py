"""Waiting lists on the pages of the programme, the sign-up, my season, and the waiting room."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from registrations.models import Registration
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory, SeasonFactory
from tests.support.registrations.sign_up_form import choice_of, page_of, typed

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def season():
    return SeasonFactory()


@pytest.fixture
def slot(season):
    """Full, and two people wait."""
    slot = OccurrenceFactory(session__season=season, session__title="Mercury in rice", capacity=1)
    RegistrationFactory(occurrence=slot)
    for minutes in (1, 2):
        RegistrationFactory(occurrence=slot, status="waitlisted", waiting_since=NOW - timedelta(minutes=minutes))
    return slot


@pytest.fixture
def late_slot(slot):
    """With free places, eight hours later."""
    return OccurrenceFactory(session=slot.session, starts_at=slot.starts_at + timedelta(hours=8), capacity=5)


@pytest.fixture
def sign_up(season):
    return reverse("registrations:sign_up", args=[season.slug])


@pytest.fixture
def person(season):
    return ParticipantFactory(season=season, timezone="Africa/Nairobi")


@pytest.fixture
def waiting(person, slot):
    """The third in the list."""
    return RegistrationFactory(participant=person, occurrence=slot, status="waitlisted", waiting_since=NOW)


def to_wait(slot):
    return {f"slot-{slot.session.pk}": f"wait-{slot.pk}"}


def my(page, registration):
    return reverse(f"registrations:{page}", args=[registration.participant.key, registration.session.slug])


def my_entry(client, registration):
    page = client.get(reverse("registrations:my_season", args=[registration.participant.key])).context["page"]
    return next(entry for entry in page.entries if entry.registration == registration)


def words_after(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def set_times(slot, **start):
    slot.starts_at = timezone.now() + timedelta(**start)
    slot.ends_at = slot.starts_at + timedelta(hours=1)
    slot.save()


# The programme


@pytest.mark.parametrize("page", ["season", "session"])
def test_full_slot_says_that_its_waiting_list_is_open_and_leads_there(client, season, slot, page):
    address = season.get_absolute_url() if page == "season" else slot.session.get_absolute_url()

    response = client.get(address)

    assert "All places taken, waiting list open" in response.text
    assert (
        f'href="/sign-up/{season.slug}/?session={slot.session.slug}&amp;wait=1">Join the waiting list' in response.text
    )


def test_session_with_another_free_slot_offers_that_one_first(client, slot, late_slot):
    response = client.get(slot.session.get_absolute_url())

    assert "Take the other time slot, or wait" in response.text
    assert "Sign up for this session" in response.text
    assert "Join the waiting list of this session" not in response.text


# The sign-up


def test_full_session_is_ticked_only_by_a_link_to_its_list(client, sign_up, slot):
    plain = client.get(sign_up, {"session": slot.session.slug})
    asked = client.get(sign_up, {"session": slot.session.slug, "wait": "1"})

    assert "All places taken. Put me on the waiting list" in plain.text
    assert [choice_of(page, slot).is_ticked for page in (plain, asked)] == [False, True]
    assert page_of(asked).sum.endswith("(only on the waiting list)")


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
    assert page_of(wrong).sum.endswith("(only on the waiting list)")


@pytest.mark.parametrize("sent", ["wait-", "wait-x", "wait-wait-1", "wait-\x00", "wait-999999999999999999999"])
def test_list_of_nothing_registers_nobody(client, sign_up, slot, sent):
    response = client.post(sign_up, typed(slot, **{f"slot-{slot.session.pk}": sent}))

    assert response.status_code == 409
    assert Registration.objects.waiting().count() == 2


# My season


def test_my_season_shows_the_number_and_what_can_be_done(client, waiting, late_slot):
    entry = my_entry(client, waiting)

    assert entry.state == "You are on the waiting list: number 3."
    assert [action.words for action in entry.actions] == [
        "Take the other time slot: it has free places",
        "Leave the waiting list",
    ]
    assert (entry.calendar_url, entry.takes_place) == ("", False)


def test_my_season_keeps_who_waits_apart_from_the_next_session(client, person, waiting):
    response = client.get(reverse("registrations:my_season", args=[person.key]))

    page = response.context["page"]
    assert (page.next, page.coming, [entry.registration for entry in page.waiting]) == (None, [], [waiting])
    assert "Add to a calendar by hand" not in response.text


def test_other_list_is_offered_where_nothing_is_free(client, waiting, late_slot):
    late_slot.capacity = 0
    late_slot.save()

    actions = [action.words for action in my_entry(client, waiting).actions]

    assert actions == ["Wait for another time slot", "Leave the waiting list"]


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
    assert words_after(response) == [
        "You have a place in “Mercury in rice” now. A mail with a new calendar entry is on its way."
    ]
    waiting.refresh_from_db()
    assert (waiting.is_confirmed, waiting.occurrence) == (True, late_slot)


def test_wait_for_the_other_slot_with_its_button(client, waiting, late_slot):
    late_slot.capacity = 0
    late_slot.save()

    page = client.get(my("change_slot", waiting))
    response = client.post(my("change_slot", waiting), {"slot": f"wait-{late_slot.pk}"})

    assert "Put me on the waiting list" in page.text
    assert words_after(response)[0].startswith("You are on the waiting list for “Mercury in rice”.")
    waiting.refresh_from_db()
    assert (waiting.is_waiting, waiting.occurrence) == (True, late_slot)


def test_leave_the_list_with_its_button(client, waiting):
    page = client.get(my("cancel", waiting))
    response = client.post(my("cancel", waiting))

    assert "<h1>Leave the waiting list</h1>" in page.text
    assert words_after(response)[0].startswith("You left the waiting list for “Mercury in rice”.")
    assert my_entry(client, waiting).state == "You left the waiting list."


def test_come_back_to_the_list_with_its_button(client, waiting, slot):
    client.post(my("cancel", waiting))

    page = client.get(my("come_back", waiting))
    response = client.post(my("come_back", waiting), {"slot": f"wait-{slot.pk}"})

    assert "You can wait for one: whoever waits longest gets the next place" in page.text
    assert words_after(response)[0].startswith("You are on the waiting list for “Mercury in rice”.")


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
        with django_assert_num_queries(4):
            client.get(reverse("registrations:my_season", args=[person.key]))
        settings.PROGRAMME_SECONDS = 0
        for _more in range(2):
            slot = OccurrenceFactory(session__season=person.season, capacity=0)
            RegistrationFactory(participant=person, occurrence=slot, status="waitlisted")


# What who waits does not get


def test_door_is_shut_and_says_the_number(client, waiting, slot):
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
