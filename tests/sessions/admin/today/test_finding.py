"""The box on the start page that finds people, addresses and sessions."""

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from registrations.models import Mailbox
from sessions.staff import groups
from sessions.staff.finding import MOST
from tests.factories import ParticipantFactory, SessionFactory
from tests.support.staff import registration_officer, sign_in

pytestmark = pytest.mark.django_db


def find(client, typed):
    """By heading the names of what was found."""
    kinds = client.get(reverse("admin:find"), {"q": typed}).context["kinds"]
    return {found.heading: [name for name, _detail, _address in found.rows] for found in kinds if found.rows}


def test_one_box_finds_people_mailboxes_and_sessions(admin_client):
    ParticipantFactory(name="Nguyễn An", email="an@example.net")
    Mailbox.objects.create(address="an@example.net", state="bad", last_at=timezone.now())
    SessionFactory(title="Émissions de mercure")

    assert find(admin_client, "nguyen") == {"People": ["Nguyễn An"]}
    assert find(admin_client, "AN@EXAMPLE.NET") == {"People": ["Nguyễn An"], "Mailboxes in trouble": ["an@example.net"]}
    assert find(admin_client, "mercure emissions") == {"Sessions": ["Émissions de mercure"]}


@pytest.mark.parametrize("typed", ["", "  ", "'", "\u200b", "nobody", "%", "a" * 5000])
def test_what_finds_nothing_is_answered_with_a_sentence(admin_client, typed):
    answer = admin_client.get(reverse("admin:find"), {"q": typed})

    assert answer.status_code == 200
    assert "Nothing was found" in answer.text or "Type a name" in answer.text


def test_box_names_only_what_somebody_may_find(client):
    groups.set_up()
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.groups.add(Group.objects.get(name="Viewer"))

    shown = sign_in(client, viewer).get(reverse("admin:index")).text

    assert "Find a session" in shown
    assert "Find a person" not in shown


def test_erased_person_is_not_found(admin_client):
    ParticipantFactory(name="Amina", anonymised_at=timezone.now())

    assert find(admin_client, "amina") == {}


def test_more_people_are_in_their_list(admin_client):
    ParticipantFactory.create_batch(MOST + 1, name="Amina Otieno")

    page = admin_client.get(reverse("admin:find"), {"q": "amina"})

    assert len(page.context["kinds"][-2].rows) == MOST
    assert f"{reverse('admin:registrations_participant_changelist')}?q=amina" in page.text


def test_who_sees_no_people_finds_none(client):
    ParticipantFactory(name="Amina")
    officer = registration_officer(client)
    assert find(officer, "amina") == {"People": ["Amina"]}

    user = officer.get(reverse("admin:index")).context["user"]
    user.groups.clear()

    assert find(officer, "amina") == {}


def test_questions_are_as_many_for_three_of_each_as_for_one(admin_client, django_assert_num_queries):
    def fill(number):
        ParticipantFactory(name=f"Nguyen {number}", email=f"nguyen{number}@example.net")
        Mailbox.objects.create(address=f"nguyen{number}@example.net", state="bad", last_at=timezone.now())
        SessionFactory(title=f"Nguyen speaks {number}")

    fill(1)
    assert [len(rows) for rows in find(admin_client, "nguyen").values()] == [1, 1, 1]
    with CaptureQueriesContext(connection) as of_one:
        find(admin_client, "nguyen")
    fill(2)
    fill(3)
    with django_assert_num_queries(len(of_one)):
        assert [len(rows) for rows in find(admin_client, "nguyen").values()] == [3, 3, 3]
