"""A new personal link: the old one stops working, and only the owner's mailbox learns the new one."""

import pytest
from django.test import Client

from registrations.enrolment import enrolment, personal_links
from registrations.models import Message, Participant
from tests.factories import RegistrationFactory
from tests.support.races import race
from tests.support.registrations.signing_up import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def registration():
    return RegistrationFactory()


def renewed(registration) -> Participant:
    personal_links.renew_key(participant=registration.participant, now=NOW)
    return Participant.objects.get(pk=registration.participant_id)


def test_old_link_stops_and_the_new_one_is_in_the_mail_and_on_no_page(client, registration):
    old = registration.participant.key

    answer = client.post(f"/my/{old}/new-link/", follow=True)

    person = Participant.objects.get()
    assert (client.get(f"/my/{old}/").status_code, client.get(f"/my/{person.key}/").status_code) == (404, 200)
    mail = Message.objects.get()
    assert (mail.kind, mail.recipient, person.key in bytes(mail.octets).decode()) == ("new_link", person.email, True)
    assert person.key not in answer.text + "".join(url for url, _status in answer.redirect_chain)


def test_looking_changes_nothing_and_my_season_leads_there(client, registration):
    page = f"/my/{registration.participant.key}/"

    assert f"{page}new-link/" in client.get(page).text
    assert "Make a new link" in client.get(f"{page}new-link/").text
    assert Participant.objects.get().key == registration.participant.key


def test_later_mails_carry_the_new_link(registration):
    old, person = registration.participant.key, renewed(registration)

    enrolment.cancel(registration_id=registration.pk, now=NOW)

    octets = bytes(Message.objects.get(kind="cancelled").octets).decode()
    assert (f"/my/{person.key}/" in octets, old in octets) == (True, False)


def test_calendar_and_meeting_keep_their_addresses(registration):
    person = renewed(registration)

    assert (person.feed_key, person.stop_key) == (registration.participant.feed_key, registration.participant.stop_key)
    assert person.registrations.get().join_key == registration.join_key


@pytest.mark.django_db(transaction=True)
def test_button_pressed_several_times_at_once_is_one_new_link(registration):
    page = f"/my/{registration.participant.key}/new-link/"

    race(4, lambda _number: Client().post(page).status_code)

    assert Message.objects.count() == 1
