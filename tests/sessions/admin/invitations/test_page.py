"""The page on which staff invite people: what becomes of each line, then the invitations."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile

from registrations.models import Invitation, InvitationBatch, Message, StaffAction
from sessions.staff import groups
from tests.factories import OccurrenceFactory
from tests.support.messages import said
from tests.support.registrations.inviting import hidden_slot, invite
from tests.support.sessions.admin_pages import page
from tests.support.staff import sign_in

pytestmark = pytest.mark.django_db

GOOD = "Amina Otieno <amina@x.example>\nOmar Haddad; omar@x.example; UNEP"


@pytest.fixture
def session():
    return hidden_slot(session__title="Behind doors").session


def invite_page(session) -> str:
    return page("session_invite", session.pk)


def confirm(client, session, response, number, **more):
    hidden = {field.html_name: field.value() for field in response.context["hidden"] if field.value() is not None}
    sent = hidden | {"confirm-people": number, "confirm": "yes"} | more
    return client.post(invite_page(session), sent)


def test_form_of_the_session_leads_to_list_and_page(admin_client, session):
    shown = admin_client.get(page("session_change", session.pk)).text

    assert invite_page(session) in shown
    assert f"invitation/?season={session.season_id}&amp;session={session.pk}" in shown
    other = OccurrenceFactory().session
    assert "This session is open to all." in admin_client.get(page("session_change", other.pk)).text


def test_preview_shows_every_line_and_one_mail_and_invites_nobody(officer, session):
    invite(session, "Zoe Wanjiru")
    text = f"{GOOD}\nnobody\nomar@x.example; Omar Haddad\nZoe Wanjiru <zoe@ministry.example>"

    shown = officer.post(invite_page(session), {"people": text}).text

    assert "2 people get an invitation." in shown
    assert "3 lines cannot be used:" in shown
    assert "There is no e-mail address in this line." in shown
    assert "The same person as in line 2." in shown
    assert "Invited already." in shown
    assert "Subject" in shown
    assert "Invitation: Behind doors, " in shown
    assert 'value="Invite 2 people"' in shown
    assert Invitation.objects.count() == 1


def test_preview_warns_of_a_registration_that_opens_later(officer, session):
    opens_at = session.occurrences.get().starts_at - timedelta(hours=1)
    type(session).objects.filter(pk=session.pk).update(registration_opens_at=opens_at)

    notes = officer.post(invite_page(session), {"people": GOOD}).context["notes"]

    assert [note.partition(" on ")[0] for note in notes] == ["Registration opens"]


def test_confirming_invites_and_leads_to_the_import(officer, session):
    preview = officer.post(invite_page(session), {"people": GOOD})

    response = confirm(officer, session, preview, "2")

    batch = InvitationBatch.objects.get()
    assert response.url == f"/admin/registrations/invitationbatch/{batch.pk}/change/"
    assert (batch.source, batch.made_by.username) == ("pasted", "officer")
    assert Message.objects.filter(kind="personal_invitation").count() == 2
    assert said(response)[0].startswith("2 people are invited.")
    assert LogEntry.objects.get().object_id == str(session.pk)
    assert StaffAction.objects.get(action="invited").after == {"people": 2}


@pytest.mark.parametrize("number", ["", "3", "two"])
def test_wrong_number_invites_nobody_and_loses_nothing(officer, session, number):
    preview = officer.post(invite_page(session), {"people": GOOD})

    shown = confirm(officer, session, preview, number).text

    assert "Nobody was invited: the number of people was missing or different." in shown
    assert shown.count('<p class="errornote">') == 1
    assert "omar@x.example" in shown
    assert not Invitation.objects.exists()


def test_number_that_changed_meanwhile_is_asked_again(officer, session):
    preview = officer.post(invite_page(session), {"people": "Amina Otieno <amina@ministry.example>\n" + GOOD})
    invite(session, "Amina Otieno")

    shown = confirm(officer, session, preview, "3").text

    assert "2 people get an invitation." in shown
    assert Invitation.objects.count() == 1


def test_good_lines_are_committed_and_bad_ones_stay_to_be_mended(officer, session):
    preview = officer.post(invite_page(session), {"people": f"{GOOD}\nnobody at all"})

    shown = confirm(officer, session, preview, "2").text

    assert Invitation.objects.count() == 2
    assert "Lines that could not be used" in shown
    assert ">\nnobody at all</textarea>" in shown


def test_sending_it_twice_invites_once(officer, session):
    preview = officer.post(invite_page(session), {"people": GOOD})

    confirm(officer, session, preview, "2")
    shown = confirm(officer, session, preview, "2").text

    assert (Invitation.objects.count(), InvitationBatch.objects.count()) == (2, 1)
    assert "No line can be used, so nobody is invited." in shown


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Paste at least one line, or choose a file."),
        ({"people": "\0"}, "Null characters are not allowed."),
        ({"people": "x\n" * 1001}, "at most 1,000 lines"),
        ({"people": "a;b;a@x.example\n" * 1001}, "at most 1,000 lines"),
        ({"people": "a@x.example", "file": b"b@x.example"}, "Either paste people or choose a file, not both"),
        ({"file": b""}, "This file is empty. Choose another one."),
        ({"file": b"PK\x03\x04" + b"x" * 2_100_000}, "This file is too large"),
        ({"file": b"%PDF-1.7"}, "This is a PDF file."),
        ({"file": b"a@x.example\n" * 1001}, "This file has more than 1000 lines."),
    ],
)
def test_list_that_cannot_be_read_says_why(officer, session, sent, words):
    if "file" in sent:
        sent = sent | {"file": SimpleUploadedFile("x.csv", sent["file"])}

    shown = officer.post(invite_page(session), sent).text

    assert words in shown
    assert not Invitation.objects.exists()


def test_session_open_to_all_or_over_takes_no_invitations(admin_client, session):
    other = OccurrenceFactory().session
    type(session.occurrences.get()).objects.filter(session=session).update(called_off_at=other.season.changed_at)

    answers = [said(admin_client.get(invite_page(each)))[-1] for each in (other, session)]

    assert answers == [
        "This session is open to all: nobody needs an invitation.",
        "This session has no time slot to come: nobody can be invited to it.",
    ]


@pytest.mark.parametrize("name", ["Programme editor", "Viewer"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_who_may_invite_sees_the_page(client, session, name, method):
    groups.set_up()
    user = User.objects.create_user("somebody", is_staff=True)
    user.groups.add(Group.objects.get(name=name))
    sign_in(client, user)

    assert getattr(client, method)(invite_page(session), {"people": GOOD}).status_code == 403
