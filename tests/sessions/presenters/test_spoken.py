"""Languages of a time slot: where they are not those of its session, or it is interpreted, everybody reads it."""

from datetime import timedelta
from email import policy
from email.parser import BytesParser

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from registrations.mail import notices
from sessions.models import Occurrence
from sessions.presenters import spoken
from tests.factories import OccurrenceFactory, RegistrationFactory, SessionFactory

pytestmark = pytest.mark.django_db
IN_FRENCH = "Held in: French. Interpretation into: English, Arabic"


def held_in_two_languages():
    session, now = SessionFactory(languages="en"), timezone.now()
    morning, afternoon = (
        OccurrenceFactory(
            session=session, starts_at=now + timedelta(days=days), ends_at=now + timedelta(days=days, hours=1)
        )
        for days in (3, 4)
    )
    Occurrence.objects.filter(pk=afternoon.pk).update(languages="fr", interpretation="en, ar")
    afternoon.refresh_from_db()
    return morning, afternoon


def test_session_says_it_beside_the_slot_in_every_list(client):
    morning, afternoon = held_in_two_languages()
    season, own = morning.session.season, RegistrationFactory(occurrence=afternoon)
    pages = [
        season.get_absolute_url(),
        morning.session.get_absolute_url(),
        reverse("sign_up:form", args=[season.slug]),
        reverse("registrations:my_season", args=[own.participant.key]),
        reverse("registrations:join", args=[own.join_key]),
    ]

    for page in pages:
        assert client.get(page).text.count(IN_FRENCH) == 1, page


def test_facts_of_the_session_name_the_languages_of_all_slots(client):
    page = client.get(held_in_two_languages()[0].session.get_absolute_url()).text

    assert "<dd>English, French</dd>" in page


def test_mail_about_the_slot_says_it():
    registration = RegistrationFactory(occurrence=held_in_two_languages()[1])

    [message] = notices.confirmation(registration.participant, [registration], now=timezone.now())

    mail = BytesParser(policy=policy.default).parsebytes(bytes(message.octets))
    assert f"\r\n  {IN_FRENCH}\r\n" in mail.get_body(["plain"]).get_content()
    assert f"{IN_FRENCH}</p>" in mail.get_body(["html"]).get_content()


def test_slot_as_its_session_says_nothing_of_its_own():
    morning, _afternoon = held_in_two_languages()

    assert spoken.in_words(morning) == ""


@pytest.mark.parametrize("text", ["eng", "en; fr", "en, klingon"])
def test_what_is_no_code_is_refused_in_words(text):
    slot = OccurrenceFactory()
    slot.languages = text

    with pytest.raises(ValidationError, match=r"is no code of a language\. Use en, fr, es, ru, ar, zh"):
        slot.clean_fields()
