"""The history of a row: what staff did to it and to what belongs to it, from the audit log."""

import pytest
from django.test import Client
from django.urls import reverse

from registrations import audit
from registrations.models import StaffAction
from tests.factories import MessageFactory, RegistrationFactory, SpeakerFactory
from tests.support.sessions.admin_pages import page
from tests.support.sessions.moving import move, slot_with_two_people
from tests.support.sessions.staff_addresses import one_of_everything
from tests.support.staff import member, registration_officer

pytestmark = pytest.mark.django_db
# What has no page, or what the others are recorded in.
NO_PAGE = {"staffaction", "uploadedtable", "attendanceupload"}


def history(client, row):
    address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_history", args=[row.pk])
    return client.get(address, follow=True)


def actions(response):
    return [(each.action, each.object_id) for each in response.context["cl"].result_list]


def test_history_of_a_session_has_what_was_done_to_its_slots_and_speakers(admin_client):
    slot = slot_with_two_people()
    move(admin_client, slot)
    speaker = SpeakerFactory(session=slot.session)
    audit.record("changed", speaker, by=None)
    audit.record("changed", slot.session, by=None)
    move(admin_client, slot_with_two_people())

    found = actions(history(admin_client, slot.session))

    assert found == [("changed", slot.session_id), ("changed", speaker.pk), ("moved", slot.pk)]
    assert actions(history(admin_client, slot)) == [("moved", slot.pk)]


def test_history_of_a_person_has_what_was_done_to_their_places_and_mails(admin_client):
    registration = RegistrationFactory()
    mail = MessageFactory(participant=registration.participant)
    person = registration.participant
    for action, row in [("name-corrected", person), ("person-moved", registration), ("mail-sent-again", mail)]:
        audit.record(action, row, by=None)
    audit.record("name-corrected", RegistrationFactory().participant, by=None)

    response = history(admin_client, person)

    assert [action for action, _pk in actions(response)] == ["mail-sent-again", "person-moved", "name-corrected"]
    assert f"History of {person}" in response.text
    assert reverse("admin:registrations_participant_change", args=[person.pk]) in response.text


def test_history_of_every_kind_of_row_has_what_was_done_to_it(admin_client):
    rows = {
        name: row
        for name, row in one_of_everything().items()
        if name not in ("staffaction", "uploadedtable", "attendanceupload")
    }
    StaffAction.objects.all().delete()
    for row in rows.values():
        audit.record("changed", row, by=None)

    of_kind = {name: history(admin_client, row).context["cl"].result_list for name, row in rows.items()}

    own = {name: [each.kind for each in found if each.object_id == rows[name].pk] for name, found in of_kind.items()}
    assert {name for name, row in rows.items() if row._meta.label_lower not in own[name]} == set()


def test_history_without_anything_says_so(admin_client):
    response = history(admin_client, RegistrationFactory())

    assert "Nothing that staff did here is on record." in response.text
    assert "Show the whole list" not in response.text


def test_history_of_people_is_for_who_may_view_people():
    person = RegistrationFactory().participant
    audit.record("name-corrected", person, by=None)
    editor, officer = member(Client(), "Programme editor"), registration_officer(Client())
    narrowed = reverse(
        "admin:registrations_staffaction_changelist", query={"of": f"registrations.participant:{person.pk}"}
    )

    answers = {"editor": editor.get(narrowed), "officer": officer.get(narrowed)}

    assert {who: actions(answer) for who, answer in answers.items()} == {
        "editor": [],
        "officer": [("name-corrected", person.pk)],
    }
    assert person.name not in answers["editor"].text


@pytest.mark.parametrize("of", ["", "x", "registrations.participant", "auth.permission:1", "a.b:1", "auth.user:99999"])
def test_addresses_that_name_no_row_find_nothing(admin_client, of):
    audit.record("exported", by=None)

    response = admin_client.get(reverse("admin:registrations_staffaction_changelist"), {"of": of})

    assert (response.status_code, actions(response)) == (200, [])


def test_only_who_may_read_the_audit_log_is_led_to_it():
    session = RegistrationFactory().session
    links = {}
    for role in ("Viewer", "Programme editor"):
        links[role] = "historylink" in member(Client(), role).get(page("session_change", session.pk)).text

    assert links == {"Viewer": False, "Programme editor": True}
