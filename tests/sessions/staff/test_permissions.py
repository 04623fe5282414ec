"""Who gets which answer at which address of the staff's desk: the whole table."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from registrations.accounts.owners import owner_of
from sessions.staff import groups
from tests.factories import (
    MessageFactory,
)
from tests.support.sessions.staff_addresses import (
    EDITOR,
    LEAD_ON,
    OFFICER,
    OWNER,
    OWNERS_ONLY,
    PARTICIPANT,
    PEOPLE,
    STRANGER,
    TABLE,
    VIEWER,
    address,
    all_patterns,
    one_of_everything,
)
from tests.support.staff import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    return one_of_everything()


@pytest.fixture
def clients(rows):
    groups.set_up()
    users = {name: User.objects.create_user(name, is_staff=True) for name in groups.GROUPS}
    for name, user in users.items():
        user.groups.add(Group.objects.get(name=name))
    users[OWNER] = User.objects.create_superuser(OWNER)
    users[PARTICIPANT] = owner_of(rows["participant"].mailbox)
    signed_in = {name: sign_in(Client(), user) for name, user in users.items()}
    return signed_in | {STRANGER: Client()}


@pytest.mark.thorough
def test_every_address_answers_each_group_as_the_table_says(clients, rows):
    answers = {
        name: tuple(clients[who].get(address(name, rows)).status_code for who in PEOPLE)
        for name in TABLE  # one line an address, so that a difference reads like the table
    }

    assert answers == TABLE


def test_table_names_every_address_of_the_desk():
    named = {pattern.name for pattern in all_patterns(admin.site.get_urls()) if pattern.name}

    of_owners = {name for name in named if name.partition("_")[0] in OWNERS_ONLY}
    assert named - of_owners - LEAD_ON - {"app_list"} == {name for name in TABLE if " " not in name}


def test_colleagues_are_for_administrators_alone(clients):
    colleague = User.objects.get(username=VIEWER)
    of_one = ["change", "remove", "bring_back", "invite_again", "second_factor"]
    addresses = {name: reverse(f"admin:auth_user_{name}", args=[colleague.pk]) for name in of_one}
    addresses |= {name: reverse(f"admin:auth_user_{name}") for name in ("changelist", "add")}

    answers = {name: [clients[who].get(each).status_code for who in PEOPLE] for name, each in addresses.items()}

    # Somebody who is on the staff cannot be brought back, and one without a second factor cannot lose it.
    leads_back = {"bring_back", "second_factor"}
    assert answers == {name: [302, 302, 403, 403, 403, 302 if name in leads_back else 200] for name in addresses}


def test_signed_in_participant_is_refused_at_the_sign_in(clients):
    response = clients[PARTICIPANT].get("/admin/", follow=True)

    assert response.status_code == 403


@pytest.mark.parametrize("name", [VIEWER, OFFICER])
def test_who_may_only_look_changes_no_programme(clients, rows, name):
    before = rows["session"].title

    answer = clients[name].post(address("online_sessions_session_change", rows), {"title": "Another"})

    rows["session"].refresh_from_db()
    assert (answer.status_code, rows["session"].title) == (403, before)


def test_only_officers_and_owners_send_failed_mails_again(clients, rows):
    failed = MessageFactory(participant=rows["participant"], status="failed")
    sent = {}
    for name in (VIEWER, EDITOR, OFFICER):
        action = {"action": "send_again", "_selected_action": [failed.pk]}
        clients[name].post(reverse("admin:registrations_message_changelist"), action)
        failed.refresh_from_db()
        sent[name] = failed.status

    assert sent == {VIEWER: "failed", EDITOR: "failed", OFFICER: "queued"}


def test_setting_up_the_groups_again_mends_them_and_keeps_their_members():
    groups.set_up()
    group = Group.objects.get(name=VIEWER)
    member = User.objects.create_user("somebody")
    member.groups.add(group)
    wanted = set(group.permissions.all())
    group.permissions.clear()

    groups.set_up()

    assert set(group.permissions.all()) == wanted
    assert list(group.user_set.all()) == [member]
