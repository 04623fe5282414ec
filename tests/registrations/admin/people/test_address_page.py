"""Staff correct an address: typed, shown with what it does, then done."""

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from registrations.models import Message
from registrations.rescheduling import changes
from sessions.clocks import moment
from sessions.clocks.dates import in_geneva
from tests.factories import OccurrenceFactory
from tests.support.messages import said
from tests.support.registrations.signing_up import register
from tests.support.staff import sign_in

pytestmark = pytest.mark.django_db

OLD, RIGHT = "amina@exmaple.org", "amina@ministry.example"


@pytest.fixture
def person():
    return register(OccurrenceFactory(session__title="Mercury in air"), email=OLD)[0].participant


def page(person):
    return reverse("admin:registrations_participant_address", args=[person.pk])


def send(client, person, **typed):
    return client.post(page(person), {"email": RIGHT, "shown": OLD} | typed)


def test_person_s_page_leads_there(officer, person):
    shown = officer.get(reverse("admin:registrations_participant_change", args=[person.pk]))

    assert page(person) in shown.text


def test_who_may_only_read_sees_no_way_there(client, person):
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_participant"))
    sign_in(client, reader)

    shown = client.get(reverse("admin:registrations_participant_change", args=[person.pk]))

    assert OLD in shown.text
    assert page(person) not in shown.text
    assert client.get(page(person)).status_code == 403


def test_effects_are_shown_first_and_nothing_is_done(officer, person):
    shown = send(officer, person, email=" Amina <Amina@ministry.example>. ")

    person.refresh_from_db()
    assert person.email == OLD
    assert "Amina@ministry.example" in shown.text
    assert "Mercury in air" in shown.text
    assert not Message.objects.filter(recipient=RIGHT).exists()


def test_likely_slip_is_named(officer, person):
    assert "amina@gmail.com" in send(officer, person, email="amina@gmial.com").text


def test_button_corrects(officer, person):
    answer = send(officer, person, correct="1")

    person.refresh_from_db()
    assert person.email == RIGHT
    assert said(answer) == ["The address is corrected. 1 mail is on its way to it."]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"email": ""}, "Write the right address."),
        ({"email": "amina"}, "amina"),
        ({"email": OLD, "correct": "1"}, "This is the address already."),
        ({"shown": "other@example.org", "correct": "1"}, "has changed meanwhile"),
        ({"email": "a\x00b@example.org", "correct": "1"}, "errorlist"),
    ],
)
def test_bad_input_is_said_beside_the_field(officer, person, typed, words):
    shown = send(officer, person, **typed)

    person.refresh_from_db()
    assert shown.status_code == 200
    assert words in shown.text
    assert person.email == OLD


def test_taken_address_is_said(officer, person):
    register(person.registrations.get().occurrence, email=RIGHT)

    assert "Somebody of this name is registered with that address already." in send(officer, person, correct="1").text


def test_erased_person_has_no_address_to_correct(officer, person):
    person.anonymised_at = person.consented_at
    person.save()

    answer = officer.get(page(person))

    assert said(answer) == ["This person’s details were erased."]


def test_while_a_change_waits_the_page_says_until_when(officer, person):
    change = changes.call_off(occurrence_id=person.registrations.get().occurrence_id, now=moment.now())

    shown, refused = send(officer, person), send(officer, person, correct="")

    until = f"You can do this after {in_geneva(change.mails_leave_at)}."
    assert until in shown.text
    assert until in refused.text
    assert 'name="correct"' not in shown.text
    person.refresh_from_db()
    assert person.email == OLD


def test_while_the_mails_of_a_change_are_prepared_nobody_knows_until_when(officer, person):
    person.registrations.update(unprepared_since=1)

    assert "Try again in some minutes." in send(officer, person).text
