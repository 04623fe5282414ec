"""A person's own page with all their sessions, and what its key opens."""

import pytest
from django.db import connection
from django.utils import timezone

from registrations.models import Registration
from sessions.clocks import countdowns
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory
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


# The overview


def test_first_opening_of_the_page_is_noted_once(client, person):
    client.head(address("my_season", person))
    person.refresh_from_db()
    assert person.page_opened_at is None

    client.get(address("my_season", person))
    person.refresh_from_db()
    first = person.page_opened_at
    client.get(address("my_season", person))
    person.refresh_from_db()

    assert first is not None
    assert person.page_opened_at == first


@pytest.mark.django_db(transaction=True)
def test_page_is_shown_while_nothing_can_be_stored(client, person, caplog):
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    try:
        shown = client.get(address("my_season", person))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = off")

    assert shown.status_code == 200
    assert "the opening of a page was not stored: InternalError" in caplog.text


@pytest.mark.parametrize("part", ["mails", "calendar", "details"])
def test_a_link_at_the_top_leads_to_each_part_below_the_programme(client, person, registration, part):
    shown = client.get(address("my_season", person)).content.decode()

    assert shown.index(f'href="#{part}"') < shown.index("Mercury in rice") < shown.index(f'<section id="{part}"')


def test_next_session_comes_first_then_the_others_in_order(client, person):
    later, next_one, past = held(person, days=9), held(person, days=3, hours=1), held(person, days=-3)

    page = client.get(address("my_season", person)).context["page"]

    assert page.next.registration == next_one
    # Three or four calendar days in Nairobi, by the hour at which this runs.
    assert page.next.countdown == countdowns.until(page.next.time.reader, page.now)
    assert [entry.registration for entry in page.coming] == [later]
    assert [entry.registration for entry in page.past] == [past]


@pytest.mark.parametrize(("days", "heading"), [([3, 9], "Other sessions to come"), ([], "All sessions to come")])
def test_heading_of_the_others_says_that_the_next_one_is_above(client, person, slot, days, heading):
    for day in days:
        held(person, days=day)

    assert heading in client.get(address("my_season", person)).text


def test_meeting_has_a_button_when_people_can_join(client, person):
    registration = held(person, minutes=10)

    response = client.get(address("my_season", person))

    assert f'<a class="button" href="/join/{registration.join_key}/">To the meeting</a>' in response.text


def test_cancelled_registration_is_below_and_only_the_newest_of_a_session_counts(client, person, slot):
    cancelled = {"status": Registration.Status.CANCELLED, "participant": person}
    RegistrationFactory(occurrence=slot, **cancelled)
    active = RegistrationFactory(occurrence=slot, participant=person)
    other = RegistrationFactory(occurrence=OccurrenceFactory(session__season=person.season), **cancelled)

    page = client.get(address("my_season", person)).context["page"]

    assert page.next.registration == active
    assert [entry.registration for entry in page.cancelled] == [other]
    assert [action.words for action in page.cancelled[0].actions] == ["Come back"]


def test_slot_that_was_called_off_says_so_and_offers_the_other_one(client, person, slot, late_slot, registration):
    slot.called_off_at = timezone.now()
    slot.save()

    response = client.get(address("my_season", person))

    [entry] = response.context["page"].coming
    assert "We called this time slot off." in response.text
    assert [action.words for action in entry.actions] == ["Change the time slot", "Cancel", "Ask the speakers"]


def test_change_is_offered_only_if_there_is_another_slot_with_a_place(client, person, slot, late_slot, registration):
    late_slot.capacity = 0
    late_slot.save()

    page = client.get(address("my_season", person)).context["page"]

    assert [action.words for action in page.next.actions] == ["Cancel", "Ask the speakers"]


def test_times_are_those_of_the_person_and_not_of_the_cookie(client, person, registration):
    client.cookies["zone"] = "America%2FLima"

    assert "Nairobi, UTC+3" in client.get(address("my_season", person)).text


def test_download_of_nothing_is_a_page_that_says_so(client, person):
    answer = client.get(f"/my/{person.key}/calendar.ics")

    assert (answer.status_code, answer["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert "You are registered for no session of" in answer.text
    assert f'href="/my/{person.key}/"' in answer.text


def test_nothing_to_come_leads_to_the_sign_up(client, person):
    response = client.get(address("my_season", person))

    assert f'<a href="/sign-up/{person.season.slug}/">Choose sessions</a>' in response.text


def test_overview_asks_the_database_the_same_for_one_and_for_three(client, person, settings, django_assert_num_queries):
    for _ in range(2):
        held(person, days=3)
        client.get(address("my_season", person))
        settings.PROGRAMME_SECONDS = 60
        with django_assert_num_queries(5):
            client.get(address("my_season", person))
        settings.PROGRAMME_SECONDS = 0
        held(person, days=4)


# Privacy


@pytest.mark.parametrize("page", ["my_season", "details", "mails", "my_calendar"])
def test_personal_page_is_kept_from_caches_search_engines_and_other_sites(client, person, page):
    response = client.get(address(page, person))

    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == ("strict-origin" if page != "my_calendar" else "no-referrer")


@pytest.mark.parametrize("key", ["x", "a%00b", "1", "-" * 500])
def test_wrong_key_has_one_answer_on_every_page(client, person, slot, registration, key):
    paths = ["", "details/", "mails/", "calendar.ics"]
    paths += [f"{slot.session.slug}/{page}" for page in ("cancel/", "time-slot/", "come-back/", "calendar.ics")]

    answers = [client.get(f"/my/{key}/{path}") for path in paths] + [client.get(f"/join/{key}/")]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert "This link does not work" in answers[0].text


def test_keys_for_other_purposes_and_other_peoples_sessions_open_nothing(client, person, slot, registration):
    stranger = ParticipantFactory(season=person.season)
    paths = [f"/my/{registration.join_key}/", f"/join/{person.key}/", f"/my/{person.pk}/"]

    answers = [client.post(address("cancel", stranger, slot)), *(client.get(path) for path in paths)]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert Registration.objects.get().is_confirmed
