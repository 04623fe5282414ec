"""Staff correct a name."""

import pytest
from django.urls import reverse

from tests.factories import OccurrenceFactory
from tests.support.calendars import read_mail
from tests.support.messages import said
from tests.support.page_forms import forms_in
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import register

pytestmark = pytest.mark.django_db
WRONG, RIGHT = "Amina Otineo", "Amina Otieno"


@pytest.fixture
def person():
    return register(OccurrenceFactory(), name=WRONG)[0].participant


def page(person):
    return reverse("admin:registrations_participant_name", args=[person.pk])


def send(client, person, **typed):
    return client.post(page(person), {"name": RIGHT, "shown": WRONG} | typed)


def test_person_s_page_leads_there(officer, person):
    shown = officer.get(reverse("admin:registrations_participant_change", args=[person.pk]))

    assert page(person) in shown.text


def test_button_corrects(officer, person):
    answer = send(officer, person)

    person.refresh_from_db()
    assert person.name == RIGHT
    assert said(answer)[0] == "The name is corrected."


def test_entries_with_the_old_name_can_be_sent_anew_at_once(officer, person, smtp_server):
    send_waiting_mails()

    words, way = said(send(officer, person))[1].split("<a ")

    assert words == "1 entry in the person’s calendar has the old name until the next mail about its session. "
    address = way.split('"')[1]
    asked = officer.get(address)
    assert "1 mail is sent again" in asked.text
    [form] = [each for each in forms_in(asked.text, asked.request["PATH_INFO"]) if "registration" in each.values]
    officer.post(form.action, form.values | {"confirm": "1"})
    send_waiting_mails()
    first, again = [_entry(mail) for mail in smtp_server.mails]
    assert (WRONG in first, RIGHT in first, WRONG in again, RIGHT in again) == (True, False, False, True)


def _entry(mail) -> str:
    [part] = [part for part in read_mail(mail).walk() if part.get_content_type() == "text/calendar"]
    return part.get_content()


def test_who_wants_no_entries_has_none_to_correct(officer, person):
    person.registrations.update(entry_was_mailed=False)

    assert said(send(officer, person)) == ["The name is corrected."]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "Write the right name."),
        ({"name": WRONG}, "This is the name already."),
        ({"name": "www.example.org"}, "looks like a web address"),
        ({"name": "a\x00b"}, "errorlist"),
        ({"shown": "Somebody Else"}, "has changed meanwhile"),
    ],
)
def test_bad_input_is_said_beside_the_field(officer, person, typed, words):
    shown = send(officer, person, **typed)

    person.refresh_from_db()
    assert shown.status_code == 200
    assert words in shown.text
    assert person.name == WRONG


def test_taken_name_leads_to_who_has_it(officer, person):
    other = register(person.registrations.get().occurrence, name=RIGHT)[0].participant

    shown = send(officer, person)

    assert "Somebody of this name is registered with the same address already." in shown.text
    assert reverse("admin:registrations_participant_change", args=[other.pk]) in shown.text
    assert f"{reverse('admin:registrations_participant_merge', args=[person.pk])}?other={other.pk}" in shown.text
