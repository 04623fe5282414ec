"""The page of an invitation, over HTTP."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from registrations import links
from registrations.invitations import inviting
from registrations.limits import rates
from registrations.models import AdmissionRequest, Invitation, Message, Registration
from tests.factories import InvitationFactory, OccurrenceFactory, RegistrationFactory, SpeakerFactory
from tests.support.calendars import read_mail
from tests.support.registrations.inviting import accept, hidden_slot, page_of
from tests.support.registrations.signing_up import NOW, details
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    return hidden_slot(session__title="Mercury behind doors")


@pytest.fixture
def invited(slot):
    return InvitationFactory(session=slot.session, name="Amina Otieno", email="Amina@ministry.example")


def opened(invited, client):
    client.post(page_of(invited), {"open": "1"})
    invited.refresh_from_db()


def answer(slot, **changes) -> dict:
    typed = {"slot": slot.pk, "email": "amina@MINISTRY.example", "consent": "on"}
    return vars(details()) | typed | changes


def test_sealed_page_says_who_is_invited_to_what_and_by_whom(client, invited):
    SpeakerFactory(session=invited.session, name="Dr Secret")

    shown = client.get(page_of(invited)).text

    assert "Amina Otieno" in shown
    assert "Mercury behind doors" in shown
    assert "Open my invitation" in shown
    assert "ministry.example" not in shown
    assert "Dr Secret" not in shown


@pytest.mark.parametrize("method", ["get", "head", "options"])
@pytest.mark.parametrize("more", ["", "decline/", "ask/", "asked/"])
def test_robots_that_open_links_twice_change_nothing(client, invited, method, more):
    before = Invitation.objects.values().get()

    for _twice in range(2):
        getattr(client, method)(page_of(invited, more))

    assert Invitation.objects.values().get() == before
    assert (Registration.objects.count(), AdmissionRequest.objects.count(), Message.objects.count()) == (0, 0, 0)


def test_button_opens_it_and_shows_the_details(client, invited):
    SpeakerFactory(session=invited.session, name="Dr Secret")

    shown = client.post(page_of(invited), {"open": "1"}, follow=True).text

    invited.refresh_from_db()
    assert invited.opened_at is not None
    assert "Dr Secret" in shown
    assert "<strong>Amina Otieno</strong>" in shown
    assert "ministry.example" not in shown


def test_accepting_needs_the_button_of_opening_first(client, invited, slot):
    client.post(page_of(invited), answer(slot))

    assert not Registration.objects.exists()


def test_person_accepts_and_the_page_says_so_without_a_key(client, invited, slot):
    opened(invited, client)

    response = client.post(page_of(invited), answer(slot), follow=True)

    registration = Registration.objects.get()
    invited.refresh_from_db()
    assert invited.registration == registration
    assert "This invitation is accepted, and a place is kept." in response.text
    assert registration.participant.key not in response.text
    assert registration.join_key not in response.text


@pytest.mark.parametrize("more", ["", "decline/"])
def test_forwarded_link_lets_nobody_in(client, invited, slot, more):
    opened(invited, client)

    response = client.post(page_of(invited, more), answer(slot, email="zoe@example.org"))

    invited.refresh_from_db()
    assert response.status_code == 422
    assert "The invitation was not sent to this address." in response.text
    assert 'value="zoe@example.org"' in response.text
    assert not Registration.objects.exists()
    assert (invited.declined_at, invited.accepted_at) == (None, None)


def test_addresses_cannot_be_tried_for_ever(client, invited, slot):
    opened(invited, client)
    for number in range(rates.ADDRESSES_TRIED.times):
        client.post(page_of(invited), answer(slot, email=f"a{number}@example.org"))

    response = client.post(page_of(invited), answer(slot))

    assert response.status_code == 429
    assert "This was tried too often." in response.text
    assert not Registration.objects.exists()


def test_mistakes_in_other_fields_use_up_no_tries(client, invited, slot):
    opened(invited, client)
    for _ in range(rates.ADDRESSES_TRIED.times + 1):
        client.post(page_of(invited), answer(slot, country=""))

    assert client.post(page_of(invited), answer(slot)).status_code == 302


def test_full_slot_offers_its_waiting_list(client, invited, slot):
    type(slot).objects.update(capacity=1)
    opened(invited, client)
    other = RegistrationFactory(occurrence=slot)

    refused = client.post(page_of(invited), answer(slot))
    assert refused.status_code == 409
    assert f'value="wait-{slot.pk}" checked' in refused.text
    assert 'value="Ministry of Environment"' in refused.text

    shown = client.post(page_of(invited), answer(slot) | {"slot": f"wait-{slot.pk}"}, follow=True).text

    assert "you are on the waiting list" in shown
    assert Registration.objects.exclude(pk=other.pk).get().is_waiting


def test_declining_takes_a_mail_to_the_invited_mailbox_and_can_be_changed(client, invited, slot):
    opened(invited, client)

    asked = client.post(page_of(invited, "decline/"), {"email": "amina@ministry.example"}, follow=True)
    invited.refresh_from_db()
    assert (invited.declined_at, "is on its way" in asked.text) == (None, True)
    mail = Message.objects.get()
    link = re.search(r"/invitation/\S+/decline/[\w-]+/", read_mail(mail).get_body(("plain",)).get_content())[0]
    assert (mail.recipient, links.proof_of(invited) in asked.text) == (invited.mailbox, False)
    assert "Decline the invitation" in client.get(link).text
    shown = client.post(link, follow=True).text

    invited.refresh_from_db()
    assert invited.declined_at is not None
    assert "You have declined this invitation." in shown
    client.post(page_of(invited), answer(slot))
    assert Registration.objects.get().is_confirmed


@pytest.mark.parametrize("proof", ["x", "0" * 40, "%00"])
def test_nobody_declines_without_the_mail(client, invited, proof):
    answer = client.post(page_of(invited, f"decline/{proof}/"))

    invited.refresh_from_db()
    assert (answer.status_code, invited.declined_at) == (404, None)


def test_declining_is_no_mail_gun(client, invited):
    for _ in range(8):
        client.post(page_of(invited, "decline/"), {"email": "amina@ministry.example"})

    assert Message.objects.count() == rates.MAILS_TO_A_MAILBOX.times


def test_nobody_comes_in_under_another_name(client, invited, slot):
    opened(invited, client)

    client.post(page_of(invited), answer(slot, name="Mallory Holder"))

    assert Registration.objects.get().participant.name == "Amina Otieno"


def test_slot_of_another_session_is_refused(client, invited):
    opened(invited, client)

    response = client.post(page_of(invited), answer(hidden_slot()))

    assert response.status_code == 422
    assert "Please choose one of these time slots." in response.text


@pytest.mark.parametrize("more", ["", "decline/", "ask/", "asked/"])
def test_withdrawn_invitation_says_so_and_names_nothing(client, invited, more):
    inviting.withdraw(invitation_id=invited.pk, now=NOW)

    response = client.get(page_of(invited, more))

    assert response.status_code == 410
    assert "The people who sent it have taken it back." in response.text
    assert not any(word in response.text for word in ("Amina", "behind doors", invited.session.season.title))
    assert client.post(page_of(invited, more), {"open": "1"}).status_code in (405, 410)


@pytest.mark.parametrize("more", first_always(["", "decline/", "ask/", "asked/"]))
@pytest.mark.parametrize("method", ["get", "post"])
def test_wrong_and_missing_keys_answer_like_every_wrong_link(client, invited, slot, more, method):
    registration = accept(invited, slot)
    usual = client.get("/my/nobody/")
    keys = ["nobody", "x" * 24, "%00", registration.join_key, registration.participant.key, invited.key.swapcase()]

    answers = [getattr(client, method)(f"/invitation/{key}/{more}") for key in keys]

    if (method, more) == ("post", "asked/"):
        assert {answer.status_code for answer in answers} == {405}
        return
    assert {answer.status_code for answer in answers} == {404}
    assert {answer.text for answer in answers} == {usual.text}


def test_key_of_an_invitation_opens_nothing_else(client, invited, slot):
    accept(invited, slot)

    answers = [client.get(f"/{path}/{invited.key}/").status_code for path in ("my", "join", "stop/reminders")]

    assert answers == [404, 404, 404]


def test_pages_are_for_one_person_only(client, invited):
    for more in ("", "decline/", "ask/", "asked/"):
        response = client.get(page_of(invited, more))
        assert response["Cache-Control"] == "no-store"
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Referrer-Policy"] == "strict-origin"


def test_invitation_to_a_session_that_was_called_off_says_so(client, invited, slot):
    type(slot).objects.update(called_off_at=NOW)

    response = client.get(page_of(invited))

    assert (response.status_code, "cannot be accepted now" in response.text) == (200, True)


def test_junk_is_no_fault_of_ours(invited):
    client = Client(raise_request_exception=False)
    client.post(page_of(invited), {"open": "1"})
    junk = ["", "\0", "x" * 5000, "9" * 30, "wait-", "{{7*7}}", "\N{TEST TUBE}"]

    fields = [*vars(details()), "slot", "email", "consent", "calendar_entries", "words"]
    statuses = {
        client.post(page_of(invited, more), dict.fromkeys(fields, word)).status_code
        for word in junk
        for more in ("", "decline/", "ask/")
    }

    assert {status for status in statuses if status >= 500} == set()


# Two time slots


def test_slot_proposed_for_another_zone_is_asked_about_once(client, slot, invited):
    """The page is in Geneva's time, and who writes is in Lima."""
    late_slot = OccurrenceFactory(session=slot.session, starts_at=slot.starts_at + timedelta(hours=8))
    opened(invited, client)
    page = client.get(page_of(invited))
    [shown] = re.findall(r'name="shown" value="([^"]+)"', page.text)
    assert f"{slot.pk}@{int(slot.starts_at.timestamp())}p" in shown

    asked = client.post(page_of(invited), answer(slot, timezone="America/Lima", shown=shown))

    assert asked.status_code == 422
    assert "this time slot begins at 02:00 and the other one at 10:00" in asked.text
    [again] = re.findall(r'name="shown" value="([^"]+)"', asked.text)
    client.post(page_of(invited), answer(slot, timezone="America/Lima", shown=again))
    assert Registration.objects.get().occurrence == slot
    assert late_slot.registrations.count() == 0


def test_slot_that_the_invited_person_chose_stays_in_every_zone(client, slot, invited):
    late_slot = OccurrenceFactory(session=slot.session, starts_at=slot.starts_at + timedelta(hours=8))
    opened(invited, client)
    [shown] = re.findall(r'name="shown" value="([^"]+)"', client.get(page_of(invited)).text)

    client.post(page_of(invited), answer(late_slot, timezone="Africa/Nairobi", shown=shown))

    assert Registration.objects.get().occurrence == late_slot
