"""What staff see of a person below their details, and where they go from there."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from django.utils import timezone

from registrations import audit
from registrations.mail import settling
from registrations.models import Message, Registration
from tests.factories import MessageFactory, OccurrenceFactory, ParticipantFactory
from tests.support.registrations.signing_up import register
from tests.support.staff import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return register(OccurrenceFactory(session__title="Mercury in air"))[0].participant


def page(person):
    return reverse("admin:registrations_participant_change", args=[person.pk])


def test_registration_has_its_state_and_ways_to_change_it(officer, person):
    registration = person.registrations.get()

    shown = officer.get(page(person))

    assert [(each["session"], each["state"]) for each in shown.context["registrations"]] == [
        (registration.session, "confirmed")
    ]
    for name in ("registrations_registration_move_people", "registrations_seatremoval_take"):
        assert f"{reverse(f'admin:{name}')}?registration={registration.pk}" in shown.text


@pytest.mark.parametrize(("seconds", "words"), [(1800, "30 minutes, by the report"), (0, "not there, by the report")])
def test_time_in_the_meeting_is_said_with_its_source(officer, person, seconds, words):
    Registration.objects.update(attended_seconds=seconds)

    assert words in officer.get(page(person)).text


def test_place_on_the_list_is_said(officer):
    slot = OccurrenceFactory(capacity=1)
    register(slot, email="first@example.org", name="First")
    person = register(slot, waits_for={slot.pk})[0].participant

    assert "on the waiting list, place 1" in officer.get(page(person)).text


def test_links_open_the_pages_for_this_person(officer, person):
    registration = person.registrations.get()
    OccurrenceFactory(session=registration.session)

    for name in ("registrations_registration_move_people", "registrations_seatremoval_take"):
        shown = officer.get(f"{reverse(f'admin:{name}')}?registration={registration.pk}")
        assert shown.status_code == 200
        assert f'name="registration" value="{registration.pk}"' in shown.text


def test_what_is_cancelled_has_no_way(officer, person):
    Registration.objects.update(status="cancelled")

    assert "?registration=" not in officer.get(page(person)).text


def test_mails_are_there_with_the_words_of_the_server(officer, person):
    Message.objects.all().delete()
    failed = MessageFactory(participant=person, status="failed", last_error="550 no such <user>")
    back = MessageFactory(participant=person, status="sent", sent_at=timezone.now(), came_back_at=timezone.now())

    shown = officer.get(page(person))

    assert "550 no such &lt;user&gt;" in shown.text
    assert "came back" in shown.text
    ways = [each["again"] for each in shown.context["mails"]]
    assert ways == [reverse("admin:registrations_message_send_again", args=[mail.pk]) for mail in (back, failed)]


def test_what_staff_did_to_them_is_there(officer, person):
    audit.record("name-corrected", person, by=None)
    audit.record("place-taken-away", person.registrations.get(), by=None, why="Asked by telephone.")
    audit.record("name-corrected", ParticipantFactory(), by=None)

    shown = officer.get(page(person))

    assert [each["what"] for each in shown.context["actions"]] == ["place taken away", "name corrected"]
    assert "Asked by telephone." in shown.text


@pytest.mark.parametrize("name", ["participant", "registration", "message"])
def test_failure_that_is_done_says_who_said_so_and_when(officer, person, name):
    registration = person.registrations.first()
    mail = MessageFactory(participant=person, registration=registration, status="failed")
    luis = User.objects.create_user("luis")
    settling.settle(mails=[mail.pk], mailboxes=[], by=luis, now=datetime(2030, 10, 8, 7, 15, tzinfo=UTC))
    row = {"participant": person, "registration": registration, "message": mail}[name]

    shown = officer.get(reverse(f"admin:registrations_{name}_change", args=[row.pk]))
    User.objects.filter(pk=luis.pk).delete()
    without_name = officer.get(reverse(f"admin:registrations_{name}_change", args=[row.pk]))

    assert "failed, marked as done by luis on 8 Oct 2030, 09:15 (Geneva)" in shown.text
    assert "failed, marked as done on 8 Oct 2030, 09:15 (Geneva)" in without_name.text


def test_who_may_only_see_people_sees_no_mails_nor_ways(client, person):
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_participant"))
    sign_in(client, reader)

    shown = client.get(page(person))

    assert (shown.context["mails"], shown.context["actions"]) == (None, None)
    assert "Mercury in air" in shown.text
    assert "?registration=" not in shown.text


def test_somebody_without_anything_has_a_page(officer):
    shown = officer.get(page(ParticipantFactory(name="", email="", anonymised_at=timezone.now())))

    assert "This person has registered for no session." in shown.text


@pytest.mark.parametrize("rows", [1, 3])
def test_more_rows_ask_the_database_no_more(officer, person, rows, django_assert_max_num_queries):
    for _ in range(rows - 1):
        register(OccurrenceFactory(session__season=person.season))

    with django_assert_max_num_queries(20):
        officer.get(page(person))
