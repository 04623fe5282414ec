"""The page with links that open a calendar's own form, for who gets no entry by our mails."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertRedirects

from registrations import links
from registrations.models import Registration
from tests.factories import RegistrationFactory

pytestmark = pytest.mark.django_db


def address(registration):
    return reverse("registrations:add_by_hand", args=[registration.participant.key, registration.session.slug])


def test_links_lead_to_the_meeting_of_this_person(client):
    registration = RegistrationFactory(occurrence__session__title="Mercury in rice")

    entry = client.get(address(registration)).context["entry"]

    google, outlook, office, yahoo = (parse_qs(urlsplit(link.url).query) for link in entry.calendar_links)
    assert (google["text"], google["location"]) == (["Mercury in rice"], [links.join(registration)])
    assert outlook["location"] == office["location"] == yahoo["in_loc"] == google["location"]


def test_my_season_leads_there_from_each_entry(client):
    registration = RegistrationFactory()
    other = RegistrationFactory(
        participant=registration.participant, occurrence__session__season=registration.session.season
    )

    page = client.get(reverse("registrations:my_season", args=[registration.participant.key])).text

    assert [page.count(f'href="{address(each)}"') for each in (registration, other)] == [1, 1]


def over():
    begun = timezone.now() - timedelta(hours=2)
    return RegistrationFactory(occurrence__starts_at=begun, occurrence__ends_at=begun + timedelta(hours=1))


def called_off():
    return RegistrationFactory(occurrence__called_off_at=timezone.now())


def waiting():
    return RegistrationFactory(status=Registration.Status.WAITLISTED, waiting_since=timezone.now())


def cancelled():
    return RegistrationFactory(status=Registration.Status.CANCELLED)


@pytest.mark.parametrize("made", [over, called_off, waiting, cancelled])
def test_where_there_is_no_entry_to_make_my_season_says_why(client, made):
    registration = made()

    assertRedirects(client.get(address(registration)), links.path("my_season", registration.participant.key))


def test_session_of_somebody_else_is_a_wrong_link(client):
    mine, other = RegistrationFactory(), RegistrationFactory()

    response = client.get(reverse("registrations:add_by_hand", args=[mine.participant.key, other.session.slug]))

    assert response.status_code == 404
