"""The page on which people erase what is stored about them, and their links afterwards."""

import pytest

from registrations.models import Participant
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.registrations.my_data import address, person_with_everything
from tests.support.registrations.signing_up import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return person_with_everything()


@pytest.mark.parametrize("sent", [{}, {"understood": ""}, {"understood": "false"}, {"other": "on"}])
def test_without_the_tick_nothing_is_erased_and_the_page_says_so(client, person, sent):
    response = client.post(address("erase", person), sent)

    person.refresh_from_db()
    assert (response.status_code, person.name) == (422, "Amina Otieno")
    assert 'href="#id_understood"' in response.text
    assert response.text.count("Please tick that you understand. Nothing has been erased.") == 2


def test_page_names_what_is_cancelled(client, person):
    coming = person.registrations.get()
    gone = RegistrationFactory(
        participant=person, occurrence=OccurrenceFactory(session__season=person.season), status="cancelled"
    )

    text = client.get(address("erase", person)).text

    assert coming.session.title in text
    assert gone.session.title not in text


def test_after_erasing_every_personal_link_answers_like_a_wrong_one(client, person):
    registration = person.registrations.get()
    of_person = ["my_season", "own_data", "own_data_file", "erase", "details", "mails", "my_calendar"]
    paths = [address(name, person) for name in of_person]
    paths += [f"/calendars/{person.feed_key}/calendar.ics", f"/stop/reminders/{person.stop_key}/"]
    paths += [f"/join/{registration.join_key}/", f"/my/{person.key}/{registration.session.slug}/cancel/"]
    assert {client.get(path).status_code for path in paths} == {200}

    response = client.post(address("erase", person), {"understood": "on"})

    assert response.url == "/my/erased/"
    page = client.get(response.url)
    assert "Your data are erased" in page.text
    # Its language is in a cookie.
    assert "Cookie" in page["Vary"]
    wrong = client.get("/my/nobody/")
    answers = [client.get(path) for path in paths]
    assert [(answer.status_code, answer.text) for answer in answers] == [(404, wrong.text)] * len(paths)


def test_old_keys_open_nothing_even_if_they_were_still_stored(client):
    person = ParticipantFactory(anonymised_at=NOW)
    registration = RegistrationFactory(participant=person)

    paths = [f"/my/{person.key}/", f"/calendars/{person.feed_key}/calendar.ics", f"/stop/reminders/{person.stop_key}/"]
    paths += [f"/join/{registration.join_key}/"]

    assert [client.get(path).status_code for path in paths] == [404] * 4


def test_account_of_the_mailbox_does_not_list_who_is_erased(client, person):
    client.post(address("erase", person), {"understood": "on"})

    assert not Participant.objects.behind("amina@example.org").exists()
