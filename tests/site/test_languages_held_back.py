"""A language that is not on offer: its readers have pages, mails and calendars in English, and keep their choice."""

import re
from email import message_from_bytes, policy

import pytest
from django.urls import reverse

from registrations.calendar import itip, my_feed
from registrations.mail import notices
from registrations.mail.notices import invitations as notices_of_invitations
from tests.factories import (
    InvitationFactory,
    ParticipantFactory,
    RegistrationFactory,
)
from tests.support.registrations.signing_up import details

pytestmark = pytest.mark.django_db


RUSSIAN = re.compile("[А-Яа-я]+")


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [("/ru/about/?a=1", "/about/?a=1"), ("/ru", "/"), ("/ru//evil.example/", "/evil.example/")],
)
def test_language_that_is_held_back_leads_to_english(client, settings, asked, leads_to):
    settings.LANGUAGES = [("ar", "العربية"), ("en", "English")]

    answer = client.get(asked)

    assert (answer.status_code, answer["Location"]) == (302, leads_to)


def test_who_reads_a_language_that_is_held_back_has_pages_in_english(client, settings):
    settings.LANGUAGES = [("ar", "العربية"), ("en", "English")]
    person = ParticipantFactory(language="ru")

    answer = client.get(reverse("registrations:my_season", args=[person.key]))

    assert '<html lang="en"' in answer.text


@pytest.fixture
def russian_is_held_back(settings):
    registration = RegistrationFactory(participant__language="ru")
    settings.LANGUAGES = [("ar", "العربية"), ("en", "English")]
    return registration


def test_who_reads_a_language_that_is_held_back_has_mails_and_calendars_in_english(russian_is_held_back):
    registration = russian_is_held_back

    [mail] = notices.confirmation(registration.participant, [registration], now=registration.registered_at)
    feed = my_feed.of(my_feed.behind(registration.participant.feed_key))

    texts = [mail.subject, itip.request(registration, stamp=registration.registered_at), feed.text]
    assert ([RUSSIAN.findall(text) for text in texts], feed.language) == ([[], [], []], "en")
    assert '<html lang="en"' in message_from_bytes(mail.octets, policy=policy.default).get_body(("html",)).get_content()


def test_invitation_in_a_language_that_is_held_back_is_written_in_english(settings):
    invitation = InvitationFactory(language="ru")
    settings.LANGUAGES = [("en", "English")]

    mail = notices_of_invitations.decline_question(invitation, now=invitation.invited_at)

    assert RUSSIAN.findall(mail.subject) == []


@pytest.mark.parametrize("offered", [[("ar", "العربية"), ("en", "English")], [("en", "English")]])
def test_who_corrects_their_details_keeps_a_language_that_is_held_back(client, settings, offered):
    person = ParticipantFactory(language="ru")
    settings.LANGUAGES = offered
    page = reverse("registrations:details", args=[person.key])
    form = client.get(page).context["form"]

    chosen = re.findall(r'<option value="([^"]+)" selected>Русский', str(form["language"]))
    choice = {"language": chosen} if form.has_choice_of_language else {"language": []}
    answer = client.post(page, vars(details("Amina A. Otieno")) | choice)

    person.refresh_from_db()
    assert (answer.status_code, chosen, person.language) == (302, ["ru"], "ru")
