"""The page on which people correct their details, and the download of their entries."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.registrations.sign_up_form import corrected

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return ParticipantFactory(name="Amin Otieno", email="amina@example.org")


@pytest.fixture
def address(person):
    return reverse("registrations:details", args=[person.key])


def test_details_are_corrected_and_the_address_is_not(client, person, address):
    response = client.post(address, corrected(email="other@example.org"))

    person.refresh_from_db()
    assert response.url == f"/my/{person.key}/"
    assert (person.name, person.timezone, person.email) == ("Amina Otieno", "Asia/Kathmandu", "amina@example.org")


def test_page_shows_what_is_known_and_why_the_address_stays(client, address):
    page = client.get(address)

    assert 'value="Amin Otieno"' in page.text
    assert "The address cannot be changed" in page.text


def test_name_of_somebody_else_behind_the_mailbox_is_an_error_beside_it(client, person, address):
    ParticipantFactory(season=person.season, email=person.email, name="Amina Otieno")

    response = client.post(address, corrected())

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["name"]
    assert 'value="Amina Otieno"' in response.text


def test_new_zone_names_the_sessions_at_night_and_the_page_offers_the_other_slot(client, person, address):
    """07:00 UTC is 02:00 in Lima, and 15:00 UTC is 10:00."""
    slot = OccurrenceFactory(session__season=person.season, session__title="Mercury in rice")
    OccurrenceFactory(session=slot.session, starts_at=slot.starts_at + timedelta(hours=8))
    RegistrationFactory(participant=person, occurrence=slot)
    once = OccurrenceFactory(session__season=person.season, session__title="Gold", starts_at=slot.starts_at)
    RegistrationFactory(participant=person, occurrence=once)

    page = client.post(address, corrected(timezone="America/Lima"), follow=True)

    assert "At night for you now: “Mercury in rice” (02:00–03:00), “Gold” (02:00–03:00)." in page.text
    assert page.text.count("The other time slot begins at 10:00 for you.") == 1
    assert "Change to the other time slot" in page.text


def test_same_zone_names_no_nights(client, person, address):
    RegistrationFactory(participant=person, occurrence=OccurrenceFactory(session__season=person.season))
    person.timezone = "America/Lima"
    person.save()

    page = client.post(address, corrected(timezone="America/Lima"), follow=True)

    assert "Your details are corrected." in page.text
    assert "At night for you now" not in page.text


@pytest.mark.parametrize("field", [*corrected(), "language"])
def test_null_bytes_are_an_error_and_store_nothing(client, person, address, field):
    response = client.post(address, corrected(**{field: "a\x00b"}))

    person.refresh_from_db()
    assert response.status_code == 422
    assert person.name == "Amin Otieno"


def test_downloads_hold_the_persons_own_entries(client, person):
    mine = [
        RegistrationFactory(participant=person, occurrence=OccurrenceFactory(session__season=person.season))
        for _ in range(2)
    ]
    RegistrationFactory(occurrence=mine[0].occurrence)

    every = client.get(reverse("registrations:my_calendar", args=[person.key]))
    one = client.get(reverse("registrations:session_calendar", args=[person.key, mine[0].session.slug]))

    assert every["Content-Type"] == one["Content-Type"] == "text/calendar; charset=utf-8"
    assert every["Content-Disposition"].startswith("attachment; filename=")
    assert (every.text.count("BEGIN:VEVENT"), one.text.count("BEGIN:VEVENT")) == (2, 1)
    assert all(registration.uid in every.text for registration in mine)


def test_download_asks_the_database_the_same_for_one_and_for_three(client, person, django_assert_num_queries):
    for _ in range(2):
        RegistrationFactory(participant=person, occurrence=OccurrenceFactory(session__season=person.season))
        with django_assert_num_queries(2):
            client.get(reverse("registrations:my_calendar", args=[person.key]))
        RegistrationFactory(participant=person, occurrence=OccurrenceFactory(session__season=person.season))
