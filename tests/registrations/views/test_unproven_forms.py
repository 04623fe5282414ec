"""A form without the token of a cookie: taken from a page of ours, shown again to a browser that names no page."""

from datetime import timedelta

import pytest
from django.test import Client

from registrations.models import Invitation, Message, Participant, Registration
from tests.factories import InvitationFactory, OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.registrations.inviting import hidden_slot, page_of
from tests.support.registrations.sign_up_form import choice_of, corrected, delegation_of, filled_in

pytestmark = pytest.mark.django_db
OURS = {"Origin": "http://testserver"}
OF_AN_OLD_BROWSER = {"Referer": "http://testserver/"}
OF_ANOTHER_SITE = [
    {"Origin": "https://evil.example"},
    {"Referer": "https://evil.example/"},
    # A page that hides its address.
    {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {**OURS, "Sec-Fetch-Site": "cross-site"},
]
AGAIN = "Please press the button again"


@pytest.fixture
def unknown():
    """Each request is the first one of its browser: without any cookie."""
    return lambda: Client(enforce_csrf_checks=True)


@pytest.fixture
def person(season):
    return ParticipantFactory(season=season, name="Amin Otieno", timezone="Africa/Nairobi")


@pytest.fixture
def my(person):
    return f"/my/{person.key}/"


def is_shown_again(response) -> bool:
    return response.status_code == 403 and AGAIN in response.text


# From a page of ours


@pytest.mark.parametrize("headers", [OURS, OF_AN_OLD_BROWSER])
def test_personal_pages_work_without_cookies(unknown, person, my, slot, headers):
    added = unknown().post(f"{my}add/", {"slot": slot.pk}, headers=headers)
    details = unknown().post(f"{my}details/", corrected(), headers=headers)

    person.refresh_from_db()
    assert [added.status_code, details.status_code] == [302, 302]
    registration = Registration.objects.get()
    assert (registration.participant, registration.occurrence) == (person, slot)
    assert person.name == "Amina Otieno"


def test_link_is_sent_and_an_invitation_accepted_without_cookies(unknown):
    slot, known = hidden_slot(), RegistrationFactory(participant__email="amina@example.org").participant
    invited = InvitationFactory(session=slot.session, email="amina@example.org")

    sent = unknown().post("/my/send-link/", {"email": "amina@example.org"}, headers=OURS)
    unknown().post(page_of(invited), {"open": "1"}, headers=OURS)
    unknown().post(page_of(invited), filled_in(unknown().get(page_of(invited))), headers=OURS)

    assert sent.status_code == 302
    assert Message.objects.get(kind="links").recipient == known.email
    assert Registration.objects.latest("pk").occurrence == slot


def test_sign_up_works_in_an_old_browser_without_cookies(unknown, address, late_slot, registered):
    form = unknown().get(address, {"slot": late_slot.pk})

    answer = unknown().post(address, filled_in(form), headers={"Referer": f"http://testserver{address}"})

    assert answer.status_code == 302
    assert registered() == [late_slot.pk]


# From nowhere that the browser tells


def test_sign_up_comes_back_with_everything_and_can_be_sent(unknown, address, slot, late_slot, registered):
    browser = unknown()
    form = browser.get(address, {"slot": late_slot.pk})
    browser.cookies.clear()

    again = browser.post(address, filled_in(form, access_needs="Captions", name="Wanjiru"))

    assert is_shown_again(again)
    assert registered() == []
    assert [option.is_chosen for option in choice_of(again, slot).slots] == [False, True]
    assert (again.context["form"]["name"].value(), "Captions</textarea>" in again.text) == ("Wanjiru", True)
    assert browser.post(address, filled_in(again)).status_code == 302
    assert registered() == [late_slot.pk]


def test_delegation_comes_back_with_its_people(unknown, address, slot):
    again = unknown().post(f"{address}delegation/", delegation_of(slot))

    assert is_shown_again(again)
    assert 'value="Omar Said"' in again.text
    assert not Message.objects.exists()


def test_details_come_back_as_they_were_typed(unknown, person, my):
    again = unknown().post(f"{my}details/", corrected(name="Amina <b>", access_needs="Captions"))

    person.refresh_from_db()
    assert is_shown_again(again)
    assert person.name == "Amin Otieno"
    assert 'value="Amina &lt;b&gt;"' in again.text
    assert "Captions</textarea>" in again.text
    assert '<option value="Asia/Kathmandu" selected' in again.text


def test_choice_of_mails_comes_back_as_it_was_made(unknown, person, my):
    person.season.reminder_hours = "72,24"
    person.season.save()
    sent = {"calendar_entries": "none", "wants_announcements": "on", "reminders": ["24"]}

    again = unknown().post(f"{my}mails/", sent)

    form = again.context["form"]
    names = ("calendar_entries", "wants_announcements", "reminders", "wants_next_season")
    assert is_shown_again(again)
    assert [form[name].value() for name in names] == ["none", "on", ["24"], None]
    assert [each.data["selected"] for each in form["reminders"]] == [False, True]
    assert not Participant.objects.get().wants_announcements


def test_button_of_my_season_changes_nothing_and_the_page_says_so(unknown, my, slot):
    again = unknown().post(f"{my}add/", {"slot": slot.pk})

    assert is_shown_again(again)
    assert f'name="slot" value="{slot.pk}"' in again.text
    assert not Registration.objects.exists()


def test_slot_that_was_chosen_is_chosen_in_the_page_that_comes_back(unknown, person, my, slot):
    registration = RegistrationFactory(participant=person, occurrence=slot)
    later = [slot.starts_at + timedelta(hours=hours) for hours in (2, 20)]
    near, far = (OccurrenceFactory(session=slot.session, starts_at=starts_at) for starts_at in later)

    pages = [unknown().get, lambda path: unknown().post(path, {"slot": far.pk})]
    usual, again = [page(f"{my}{slot.session.slug}/time-slot/").context["slots"] for page in pages]

    assert [option.value for option in usual if option.is_chosen] == [near.pk]
    assert [option.value for option in again if option.is_chosen] == [far.pk]
    registration.refresh_from_db()
    assert registration.occurrence == slot


def test_address_for_a_link_comes_back(unknown, person):
    again = unknown().post("/my/send-link/", {"email": person.email})

    assert is_shown_again(again)
    assert f'value="{person.email}"' in again.text
    assert not Message.objects.exists()


@pytest.fixture
def invited():
    slot = hidden_slot()
    return InvitationFactory(session=slot.session, email="amina@example.org", opened_at=slot.starts_at)


def test_invitation_comes_back_and_does_not_tell_whether_the_address_is_right(unknown, invited):
    page = filled_in(unknown().get(page_of(invited)))

    right, wrong = (
        unknown().post(page_of(invited), page | {"email": address, "organisation": "Ministry"})
        for address in ("amina@example.org", "zoe@example.org")
    )

    assert is_shown_again(right)
    assert is_shown_again(wrong)
    assert 'value="zoe@example.org"' in wrong.text
    assert 'value="Ministry"' in wrong.text
    assert "was not sent to this address" not in wrong.text
    assert not Registration.objects.exists()


@pytest.mark.parametrize("more", ["decline/", "ask/"])
def test_other_forms_of_an_invitation_come_back(unknown, invited, more):
    again = unknown().post(page_of(invited, more), {"email": "zoe@example.org", "words": "Because", "name": "Zoe"})

    assert is_shown_again(again)
    assert 'value="zoe@example.org"' in again.text
    assert (Invitation.objects.get().declined_at, Message.objects.count()) == (None, 0)


def test_nothing_that_has_a_button_alone_acts(unknown, person, my, slot):
    registration = RegistrationFactory(participant=person, occurrence=slot)
    before = [Registration.objects.values().get(), Participant.objects.values().get()]
    pages = ["erase/", "new-link/", "new-calendar-address/", "recordings/", "take-part/"]
    paths = [f"/join/{registration.join_key}/", f"{my}{slot.session.slug}/cancel/", *(my + page for page in pages)]

    answers = [unknown().post(path, {"understood": "on"}) for path in paths]

    assert [is_shown_again(answer) for answer in answers] == [True] * len(paths)
    assert [Registration.objects.values().get(), Participant.objects.values().get()] == before
    assert not Message.objects.exists()


def test_form_that_names_another_site_is_not_shown_with_what_that_site_put_into_it(unknown, my):
    sent = corrected(name="Mallory")
    answers = [unknown().post(f"{my}details/", sent, headers=headers) for headers in OF_ANOTHER_SITE]

    assert [(answer.status_code, "Mallory" in answer.text) for answer in answers] == [(403, False)] * len(answers)


@pytest.mark.parametrize("referer", ["http://[", "http://[::1", "http://a[b]/", "//", "http://"])
def test_page_of_which_nobody_can_make_sense_is_none_of_ours(unknown, my, person, referer):
    answer = unknown().post(f"{my}details/", corrected(), headers={"Referer": referer})

    assert answer.status_code == 403
    assert Participant.objects.get().name == person.name
