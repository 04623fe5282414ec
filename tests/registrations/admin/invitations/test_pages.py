"""The staff's desk for invitations: lists, withdrawing, undoing, answering strangers."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registrations.enrolment import enrolment
from registrations.invitations import inviting, requests, responding
from registrations.models import AdmissionRequest, Invitation, Message, Registration, StaffAction
from sessions.staff import groups
from tests.factories import InvitationFactory
from tests.support.messages import said
from tests.support.registrations.inviting import accept, hidden_slot, invite
from tests.support.registrations.signing_up import NOW
from tests.support.staff import sign_in
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    return hidden_slot(session__title="Behind doors")


def address(name, *args) -> str:
    return reverse(f"admin:registrations_{name}", args=args)


def in_every_state(slot):
    """One person in each state, by name."""
    names = ["Queued", "Sent", "Failed", "Opened", "Accepted", "Cancelled", "Declined", "Withdrawn"]
    people = {invited.name: invited for invited in invite(slot.session, *names).invitations}
    of = Message.objects.filter
    of(invitation=people["Sent"]).update(status="sent", sent_at=NOW)
    of(invitation=people["Failed"]).update(status="failed")
    responding.open(invitation_id=people["Opened"].pk, now=NOW)
    accept(people["Accepted"], slot)
    enrolment.cancel(registration_id=accept(people["Cancelled"], slot).pk, now=NOW)
    responding.decline(invitation_id=people["Declined"].pk, now=NOW)
    inviting.withdraw(invitation_id=people["Withdrawn"].pk, now=NOW)
    return people


STATES = {
    "Queued": ("queued", "mail waits"),
    "Sent": ("sent", "mail sent"),
    "Failed": ("failed", "mail failed"),
    "Opened": ("opened", "opened"),
    "Accepted": ("accepted", "accepted"),
    "Cancelled": ("cancelled", "accepted, cancelled later"),
    "Declined": ("declined", "declined"),
    "Withdrawn": ("withdrawn", "withdrawn"),
}


def test_list_says_what_became_of_each_invitation(officer, slot):
    in_every_state(slot)

    found = officer.get(address("invitation_changelist")).context["cl"].result_list
    shown = officer.get(address("invitation_changelist")).text

    assert {invited.name: invited.state for invited in found} == {
        name: state for name, (state, _words) in STATES.items()
    }
    assert all(f'data-heading="State">{words}</td>' in shown for _state, words in STATES.values())


@pytest.mark.parametrize("name", first_always(STATES, 2))
def test_list_is_filtered_by_state(officer, slot, name):
    in_every_state(slot)

    query = {"state": STATES[name][0], "season": slot.session.season_id, "session": slot.session_id}
    found = officer.get(address("invitation_changelist"), query).context["cl"].result_list

    assert [invited.name for invited in found] == [name]


def test_list_of_one_session_leads_to_inviting(officer, slot):
    query = {"season": slot.session.season_id, "session": slot.session_id}

    assert f"/session/{slot.session_id}/invite/" in officer.get(address("invitation_changelist"), query).text
    assert "/invite/" not in officer.get(address("invitation_changelist"), {"session": "9" * 30}).text


@pytest.mark.parametrize("name", ["invitation", "invitationbatch", "admissionrequest"])
def test_lists_ask_as_often_for_three_rows_as_for_one(officer, name):
    def add_row():
        [invited] = invite(hidden_slot().session).invitations
        requests.ask(invitation_id=invited.pk, name="Zoe", email="zoe@example.org", organisation="", words="", now=NOW)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            officer.get(address(f"{name}_changelist"))
        return len(asked)

    add_row()
    officer.get(address(f"{name}_changelist"))
    one = queries()
    add_row()
    add_row()

    assert queries() == one


def test_download_is_safe_in_spreadsheets(officer, slot):
    for name in ("=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝1"):
        InvitationFactory(session=slot.session, name=name, organisation=name, email=f"a{ord(name[0])}@x.example")
    InvitationFactory(session=slot.session, name="Zoé")
    pks = list(Invitation.objects.values_list("pk", flat=True))

    response = officer.post(address("invitation_changelist"), {"action": "download", "_selected_action": pks})

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["Name", "E-mail", "Organisation", "Session", "State", "Since (UTC)"]
    names = {row[0] for row in rows[1:]}
    assert names == {"'=1+1", "'+1", "'-1", "'@x", "'\tx", "'\rx", "'＝1", "Zoé"}
    assert all(row[2] == row[0] or row[0] == "Zoé" for row in rows[1:])
    assert StaffAction.objects.get(action="exported").after == {"rows": 8}


def test_withdrawing_says_first_what_happens(officer, slot):
    [invited] = invite(slot.session).invitations
    registration = accept(invited, slot)
    withdraw = address("invitation_withdraw", invited.pk)

    shown = officer.get(withdraw).text
    invited.refresh_from_db()
    assert "This person has accepted. Withdrawing cancels the registration" in shown
    assert invited.withdrawn_at is None

    response = officer.post(withdraw)

    registration.refresh_from_db()
    assert registration.is_cancelled
    assert said(response) == ["The invitation of Amina Otieno is withdrawn."]
    assert LogEntry.objects.get().object_id == str(invited.pk)
    assert said(officer.post(withdraw))[-1] == "This invitation is withdrawn already."


def test_undoing_an_import_says_first_what_happens(officer, slot):
    batch = invite(slot.session, "Amina Otieno", "Omar Haddad", "Zoe Wanjiru").batch
    accept(batch.invitations.get(name="Zoe Wanjiru"), slot)
    Message.objects.filter(recipient__startswith="omar").update(status="sent", sent_at=NOW)
    undo = address("invitationbatch_undo", batch.pk)

    shown = officer.get(undo).text
    assert "2 invitations are withdrawn." in shown
    assert "1 mail has not left: this person hears nothing." in shown
    assert "<bdi>Zoe Wanjiru</bdi>" in shown
    assert Invitation.objects.valid().count() == 3

    response = officer.post(undo)

    assert [invited.name for invited in Invitation.objects.valid()] == ["Zoe Wanjiru"]
    assert said(response)[0] == "2 invitations are withdrawn."
    assert said(response)[1].startswith("Not withdrawn, because they have accepted: Zoe")
    assert "This import was undone." in officer.get(address("invitationbatch_change", batch.pk)).text


def asked_by_zoe(slot):
    [invited] = invite(slot.session).invitations
    requests.ask(
        invitation_id=invited.pk, name="Zoe", email="zoe@example.org", organisation="NGO", words="<b>Please", now=NOW
    )
    return AdmissionRequest.objects.get()


@pytest.mark.parametrize(("button", "invited"), [("grant", 2), ("refuse", 1), ("other", 1)])
def test_request_is_answered_by_a_button(officer, slot, button, invited):
    asked = asked_by_zoe(slot)
    page = address("admissionrequest_change", asked.pk)
    shown = officer.get(page).text
    assert "&lt;b&gt;Please" in shown
    assert 'name="grant"' in shown

    officer.post(page, {button: "yes"})

    asked.refresh_from_db()
    assert Invitation.objects.count() == invited
    assert (asked.is_granted, asked.answered_at is not None) == (button == "grant", button != "other")


def test_request_for_a_session_without_a_time_to_come_stays_open(officer, slot):
    asked = asked_by_zoe(slot)
    type(slot).objects.update(called_off_at=NOW)

    response = officer.post(address("admissionrequest_change", asked.pk), {"grant": "yes"})

    asked.refresh_from_db()
    assert said(response)[-1].startswith("This session has no time slot to come, so nobody can be let in.")
    assert (asked.answered_at, Invitation.objects.count()) == (None, 1)


def test_request_is_answered_once(officer, slot):
    page = address("admissionrequest_change", asked_by_zoe(slot).pk)
    officer.post(page, {"refuse": "yes"})

    response = officer.post(page, {"grant": "yes"})

    assert said(response)[-1] == "Somebody has answered this request already."
    assert 'name="grant"' not in officer.get(page).text
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("group", ["Programme editor", "Viewer"])
def test_others_change_nothing(client, slot, group):
    groups.set_up()
    user = User.objects.create_user("somebody", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    sign_in(client, user)
    asked, batch = asked_by_zoe(slot), invite(slot.session, "Omar Haddad").batch
    registration = accept(batch.invitations.get(), slot)

    answers = [
        client.post(address("invitation_withdraw", batch.invitations.get().pk)).status_code,
        client.post(address("invitationbatch_undo", batch.pk)).status_code,
        client.post(address("admissionrequest_change", asked.pk), {"grant": "yes"}).status_code,
        client.get(address("admissionrequest_change", asked.pk)).status_code,
        client.get(address("invitationbatch_change", batch.pk)).status_code,
    ]

    assert answers == [403] * 5
    assert Registration.objects.get(pk=registration.pk).is_confirmed


def test_rows_that_do_not_exist_are_not_found(officer):
    pages = ["invitation_withdraw", "invitationbatch_undo"]
    answers = [officer.get(address(page, number)).status_code for page in pages for number in (999, int("9" * 25))]
    odd = [
        officer.get(f"/admin/registrations/{model}/x/change/").status_code
        for model in ("invitationbatch", "admissionrequest")
    ]

    assert answers + odd == [404] * 6


def test_since_is_the_moment_of_the_last_step(officer, slot):
    [invited] = invite(slot.session).invitations
    responding.open(invitation_id=invited.pk, now=NOW + timedelta(hours=2))

    [found] = officer.get(address("invitation_changelist")).context["cl"].result_list

    assert found.state_since == NOW + timedelta(hours=2)


def test_history_names_nobody(officer, slot):
    [invited] = invite(slot.session, "Amina Otieno").invitations

    officer.post(address("invitation_withdraw", invited.pk))

    [entry] = LogEntry.objects.all()
    assert entry.object_id == str(invited.pk)
    assert "Amina" not in entry.object_repr
