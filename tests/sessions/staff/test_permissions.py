"""Who gets which answer at which address of the staff's desk: the whole table."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from registrations import audit
from registrations.accounts.owners import owner_of
from registrations.models import AdmissionRequest, InvitationBatch, SlotChange
from sessions.staff import groups
from tests.factories import (
    InvitationFactory,
    MessageFactory,
    OccurrenceFactory,
    RegistrationFactory,
    SpeakerFactory,
    UploadedTableFactory,
)
from tests.support.staff import sign_in

pytestmark = pytest.mark.django_db

STRANGER, PARTICIPANT, OWNER = "stranger", "participant", "owner"
EDITOR, OFFICER, VIEWER = "Programme editor", "Registration officer", "Viewer"
PEOPLE = [STRANGER, PARTICIPANT, VIEWER, OFFICER, EDITOR, OWNER]
# In the order of PEOPLE. Strangers and participants are led to the sign-in, where participants are refused;
# who may take back or revive what needs neither, or invite to a session that is open to all, is led back.
TABLE = {
    "index": (302, 302, 200, 200, 200, 200),
    "jsi18n": (302, 302, 200, 200, 200, 200),
    "password_change": (302, 302, 200, 200, 200, 200),
    "app_list online_sessions": (302, 302, 200, 200, 200, 200),
    "app_list registrations": (302, 302, 404, 200, 200, 200),
    "app_list auth": (302, 302, 404, 404, 404, 200),
    "app_list mfa": (302, 302, 404, 404, 404, 200),
    "online_sessions_season_changelist": (302, 302, 200, 200, 200, 200),
    "online_sessions_season_add": (302, 302, 403, 403, 200, 200),
    "online_sessions_season_change": (302, 302, 200, 200, 200, 200),
    "online_sessions_season_history": (302, 302, 200, 200, 200, 200),
    "online_sessions_season_delete": (302, 302, 403, 403, 403, 200),
    "online_sessions_session_changelist": (302, 302, 200, 200, 200, 200),
    "online_sessions_session_add": (302, 302, 403, 403, 200, 200),
    "online_sessions_session_change": (302, 302, 200, 200, 200, 200),
    "online_sessions_session_history": (302, 302, 200, 200, 200, 200),
    "online_sessions_session_delete": (302, 302, 403, 403, 403, 200),
    "online_sessions_session_announce": (302, 302, 403, 403, 200, 200),
    "online_sessions_session_invite": (302, 302, 403, 302, 403, 302),
    # Whoever uploaded it alone; nobody of these did.
    "online_sessions_uploadedtable_columns": (302, 302, 403, 404, 403, 404),
    "online_sessions_occurrence_changelist": (302, 302, 200, 200, 200, 200),
    "online_sessions_occurrence_add": (302, 302, 403, 403, 403, 403),
    "online_sessions_occurrence_change": (302, 302, 200, 200, 200, 200),
    "online_sessions_occurrence_history": (302, 302, 200, 200, 200, 200),
    "online_sessions_occurrence_delete": (302, 302, 403, 403, 403, 200),
    "online_sessions_occurrence_move": (302, 302, 403, 403, 200, 200),
    "online_sessions_occurrence_call_off": (302, 302, 403, 403, 200, 200),
    "online_sessions_occurrence_revive": (302, 302, 403, 403, 302, 302),
    "registrations_slotchange_changelist": (302, 302, 403, 200, 200, 200),
    "registrations_slotchange_add": (302, 302, 403, 403, 403, 403),
    "registrations_slotchange_change": (302, 302, 403, 200, 200, 200),
    "registrations_slotchange_history": (302, 302, 403, 200, 200, 200),
    "registrations_slotchange_delete": (302, 302, 403, 403, 403, 403),
    "registrations_slotchange_take_back": (302, 302, 403, 403, 302, 302),
    "registrations_slotchange_send_now": (302, 302, 405, 405, 405, 405),
    "registrations_registration_changelist": (302, 302, 403, 200, 403, 200),
    "registrations_registration_add": (302, 302, 403, 403, 403, 403),
    "registrations_registration_change": (302, 302, 403, 200, 403, 200),
    "registrations_registration_history": (302, 302, 403, 200, 403, 200),
    "registrations_registration_delete": (302, 302, 403, 403, 403, 403),
    "registrations_registration_export": (302, 302, 403, 405, 403, 405),
    "registrations_participant_changelist": (302, 302, 403, 200, 403, 200),
    "registrations_participant_add": (302, 302, 403, 403, 403, 403),
    "registrations_participant_change": (302, 302, 403, 200, 403, 200),
    "registrations_participant_history": (302, 302, 403, 200, 403, 200),
    "registrations_participant_delete": (302, 302, 403, 403, 403, 403),
    "registrations_invitation_changelist": (302, 302, 403, 200, 403, 200),
    "registrations_invitation_add": (302, 302, 403, 403, 403, 403),
    "registrations_invitation_change": (302, 302, 403, 200, 403, 200),
    "registrations_invitation_history": (302, 302, 403, 200, 403, 200),
    "registrations_invitation_delete": (302, 302, 403, 403, 403, 403),
    "registrations_invitation_withdraw": (302, 302, 403, 200, 403, 200),
    "registrations_invitationbatch_changelist": (302, 302, 403, 200, 403, 200),
    "registrations_invitationbatch_add": (302, 302, 403, 403, 403, 403),
    "registrations_invitationbatch_change": (302, 302, 403, 200, 403, 200),
    "registrations_invitationbatch_history": (302, 302, 403, 200, 403, 200),
    "registrations_invitationbatch_delete": (302, 302, 403, 403, 403, 403),
    "registrations_invitationbatch_undo": (302, 302, 403, 200, 403, 200),
    "registrations_admissionrequest_changelist": (302, 302, 403, 200, 403, 200),
    "registrations_admissionrequest_add": (302, 302, 403, 403, 403, 403),
    "registrations_admissionrequest_change": (302, 302, 403, 200, 403, 200),
    "registrations_admissionrequest_history": (302, 302, 403, 200, 403, 200),
    "registrations_admissionrequest_delete": (302, 302, 403, 403, 403, 403),
    "registrations_message_changelist": (302, 302, 403, 200, 403, 200),
    "registrations_message_post": (302, 302, 403, 200, 403, 200),
    "registrations_message_add": (302, 302, 403, 403, 403, 403),
    "registrations_message_change": (302, 302, 403, 200, 403, 200),
    "registrations_message_history": (302, 302, 403, 200, 403, 200),
    "registrations_message_delete": (302, 302, 403, 403, 403, 403),
    "registrations_staffaction_changelist": (302, 302, 403, 200, 200, 200),
    "registrations_staffaction_add": (302, 302, 403, 403, 403, 403),
    "registrations_staffaction_change": (302, 302, 403, 200, 200, 200),
    "registrations_staffaction_history": (302, 302, 403, 200, 200, 200),
    "registrations_staffaction_delete": (302, 302, 403, 403, 403, 403),
}
# Addresses of users, groups and second factors: for the owner alone, whatever the page.
OWNERS_ONLY = {"auth", "mfa"}
# They lead on to somewhere else, or serve only pages that are in the table.
LEAD_ON = {"login", "logout", "password_change_done", "autocomplete", "view_on_site"}


@pytest.fixture
def rows():
    return one_of_everything()


def one_of_everything() -> dict:
    """An object for each kind that the desk lists."""
    registration = RegistrationFactory(occurrence=OccurrenceFactory())
    SpeakerFactory(session=registration.session)
    slot = registration.occurrence
    times = {"starts_at": slot.starts_at, "ends_at": slot.ends_at, "made_at": slot.changed_at}
    change = SlotChange.objects.create(
        kind="moved",
        occurrence=slot,
        sequence=slot.sequence,
        starts_at_before=slot.starts_at,
        ends_at_before=slot.ends_at,
        mails_leave_at=slot.changed_at,
        **times,
    )
    batch = InvitationBatch.objects.create(session=registration.session, source="pasted", made_at=slot.changed_at)
    invitation = InvitationFactory(session=registration.session, batch=batch)
    asked = AdmissionRequest.objects.create(invitation=invitation, name="Zoe", asked_at=slot.changed_at)
    return {
        "season": registration.session.season,
        "session": registration.session,
        "occurrence": slot,
        "slotchange": change,
        "registration": registration,
        "participant": registration.participant,
        "staffaction": audit.record("changed", slot, by=None),
        "invitation": invitation,
        "invitationbatch": invitation.batch,
        "admissionrequest": asked,
        "uploadedtable": UploadedTableFactory(session=registration.session),
        "message": MessageFactory(participant=registration.participant, registration=registration),
    }


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


def test_users_and_their_second_factors_are_for_the_owner_alone(clients):
    names = [f"{model}_changelist" for model in ("auth_user", "auth_group", "mfa_authenticator")]

    answers = {name: [clients[who].get(reverse(f"admin:{name}")).status_code for who in PEOPLE] for name in names}

    assert answers == {name: [302, 302, 403, 403, 403, 200] for name in names}


def test_signed_in_participant_is_refused_at_the_door(clients):
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


def address(name, rows) -> str:
    name, _space, app_label = name.partition(" ")
    if app_label:
        return reverse("admin:app_list", args=[app_label])
    rest = name.removeprefix("online_sessions_").removeprefix("registrations_")
    model, _line, page = rest.partition("_")
    needs_row = model in rows and page not in ("changelist", "add", "export", "post")
    return reverse(f"admin:{name}", args=[rows[model].pk] if needs_row else [])


def all_patterns(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from all_patterns(pattern.url_patterns)
        else:
            yield pattern
