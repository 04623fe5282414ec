"""Somebody whom a focal point has named says yes on a page of their own."""

import pytest
from django.urls import reverse

from registrations.models import Message
from tests.factories import OccurrenceFactory, ParticipantFactory, QuestionFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    return OccurrenceFactory(session__title="Mercury in rice")


@pytest.fixture
def named(slot):
    point = ParticipantFactory(season=slot.session.season, name="Focal Point")
    return RegistrationFactory(
        occurrence=slot, participant__name="Juma", participant__named_by=point, participant__confirmed_at=None
    ).participant


def take_part(participant) -> str:
    return reverse("registrations:take_part", args=[participant.key])


def test_page_of_somebody_named_asks_and_the_question_changes_nothing(client, named):
    overview = client.get(reverse("registrations:my_season", args=[named.key]))
    page = client.get(take_part(named))
    client.head(take_part(named))

    assert f'href="{take_part(named)}"' in overview.text
    assert "<bdi>Focal Point</bdi> has signed you up." in page.text
    assert "Mercury in rice" in page.text
    assert page["Cache-Control"] == "no-store"
    named.refresh_from_db()
    assert named.confirmed_at is None


def test_button_says_yes(client, named):
    answer = client.post(take_part(named), follow=True)

    named.refresh_from_db()
    assert named.confirmed_at is not None
    assert "Thank you. A mail with your links is on its way." in answer.text
    assert "Somebody else has signed you up." not in answer.text
    assert Message.objects.get().kind == "confirmation"


def test_yes_leads_to_my_season_where_only_sessions_of_others_ask_something(client, named):
    elsewhere = OccurrenceFactory(session__season=named.season).session
    QuestionFactory(season=None, session=elsewhere)

    answer = client.post(take_part(named))

    assert answer.url == reverse("registrations:my_season", args=[named.key])


def test_yes_twice_is_yes_once(client, named):
    for _ in range(2):
        client.post(take_part(named))

    assert Message.objects.count() == 1
    assert "You have said yes." in client.get(take_part(named)).text


def test_wrong_link_says_what_every_wrong_link_says(client):
    assert client.post("/my/nobody/take-part/").status_code == 404


def test_person_who_signed_up_alone_is_asked_nothing(client, slot):
    somebody = RegistrationFactory(occurrence=slot).participant

    assert "Somebody else has signed you up." not in client.get(f"/my/{somebody.key}/").text
