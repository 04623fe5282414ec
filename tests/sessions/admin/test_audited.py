"""Everything that staff do at the desk is in the audit log: before, after, who, when, why."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations.models import StaffAction
from tests.factories import (
    MaterialFactory,
    MessageFactory,
    OccurrenceFactory,
    RegistrationFactory,
    SeasonFactory,
    SpeakerFactory,
    StreamFactory,
)
from tests.support.sessions.admin_pages import add_slot, edit_session, page
from tests.support.sessions.audit import edit, recorded

pytestmark = pytest.mark.django_db


def test_field_of_a_season_is_kept_with_before_and_after_and_who(admin_client, admin_user):
    season = SeasonFactory(title="Old")

    edit(admin_client, "season", season, title="New")

    action = StaffAction.objects.get()
    assert (action.action, action.kind, action.object_id, action.about) == (
        "changed",
        "online_sessions.season",
        season.pk,
        "New",
    )
    assert (action.before, action.after) == ({"title": "Old"}, {"title": "New"})
    assert (action.made_by, action.by_name) == (admin_user, "admin")
    assert timezone.now() - action.made_at < timedelta(minutes=1)
    assert action.page == page("season_change", season.pk)


def test_form_saved_unchanged_is_not_kept(admin_client):
    slot = OccurrenceFactory()
    SpeakerFactory(session=slot.session)

    edit(admin_client, "season", slot.session.season)
    edit_session(admin_client, slot.session)
    edit(admin_client, "occurrence", slot)

    assert recorded() == []


def test_stream_is_kept_when_added_renamed_and_deleted(admin_client):
    season = SeasonFactory()
    first = StreamFactory(season=season, title="Science")
    doomed = StreamFactory(season=season, title="Doomed")

    new = {"streams-2-title": "Law", "streams-2-slug": "law", "streams-2-mark": "circle", "streams-2-position": "3"}
    edit(
        admin_client,
        "season",
        season,
        **{"streams-TOTAL_FORMS": 3, "streams-0-title": "Sciences", "streams-1-DELETE": "on"},
        **new,
    )

    assert set(recorded("action", "about", "object_id")) - {("added", "Law", season.streams.get(title="Law").pk)} == {
        ("changed", "Sciences", first.pk),
        ("deleted", "Doomed", doomed.pk),
    }
    assert set(StaffAction.objects.values_list("page", flat=True)) == {page("season_change", season.pk)}


def test_session_and_its_stream_are_kept_in_words(admin_client):
    slot = OccurrenceFactory(session__stream__title="Science")
    other = StreamFactory(season=slot.session.season, title="Law")

    edit_session(admin_client, slot.session, stream=other.pk, is_unconfirmed="on")

    assert recorded("before", "after") == [
        ({"stream": "Science", "is_unconfirmed": False}, {"stream": "Law", "is_unconfirmed": True})
    ]


def test_speakers_and_materials_are_kept(admin_client):
    slot = OccurrenceFactory()
    SpeakerFactory(session=slot.session, name="Panelist")
    MaterialFactory(session=slot.session, title="Slides", url="https://example.org/a")

    edit_session(
        admin_client,
        slot.session,
        speakers__0__role="Director",
        materials__0__url="https://example.org/b",
    )

    assert recorded("kind", "before", "after", "page") == [
        ("online_sessions.speaker", {}, {"role": "Director"}, page("session_change", slot.session_id)),
        (
            "online_sessions.material",
            {"url": "https://example.org/a"},
            {"url": "https://example.org/b"},
            page("session_change", slot.session_id),
        ),
    ]


def test_new_session_and_new_slot_are_kept(admin_client):
    slot = OccurrenceFactory()

    add_slot(admin_client, slot.session, "2030-11-05", "09:00", "10:00", capacity=30)

    action = StaffAction.objects.get()
    assert (action.action, action.kind, action.after["capacity"], action.before) == (
        "added",
        "online_sessions.occurrence",
        30,
        {},
    )


def test_capacity_is_kept_whichever_form_it_was_typed_in(admin_client):
    slot = OccurrenceFactory(capacity=10)

    edit(admin_client, "occurrence", slot, capacity=20)
    edit_session(admin_client, slot.session, occurrences__0__capacity=30)

    assert recorded("before", "after") == [({"capacity": 10}, {"capacity": 20}), ({"capacity": 20}, {"capacity": 30})]


def test_capacity_that_was_refused_is_not_kept(admin_client):
    slot = OccurrenceFactory(capacity=10)
    RegistrationFactory.create_batch(2, occurrence=slot)

    edit(admin_client, "occurrence", slot, capacity=1)

    assert recorded() == []


def test_meeting_address_is_kept_and_not_in_the_list(admin_client):
    slot = OccurrenceFactory()
    first, second = "https://meet.example.org/secret-1", "https://meet.example.org/secret-2"

    for address in (first, second, ""):
        edit(admin_client, "occurrence", slot, meeting_url=address)

    assert recorded("before", "after") == [
        ({}, {"meeting_url": first}),
        ({"meeting_url": first}, {"meeting_url": second}),
        ({"meeting_url": second}, {}),
    ]
    shown = admin_client.get(reverse("admin:registrations_staffaction_changelist")).text
    assert ("kept secret" in shown, "secret-" in shown) == (True, False)
    assert "secret-" not in str(recorded("about", "why"))


def test_deleted_slot_is_kept_as_it_was(admin_client):
    slot = OccurrenceFactory(capacity=7)

    admin_client.post(page("occurrence_delete", slot.pk), {"post": "yes"})

    action = StaffAction.objects.get()
    assert (action.action, action.object_id, action.before["capacity"], action.after) == ("deleted", slot.pk, 7, {})
    assert action.page == page("session_change", slot.session_id)


def test_mails_sent_again_are_kept_as_a_number(admin_client):
    failed = [MessageFactory(status="failed", recipient="amina@example.org") for _ in range(2)]
    emptied = MessageFactory(status="failed", emptied_at=timezone.now(), recipient="", octets=b"")
    chosen = [mail.pk for mail in [*failed, emptied]]

    answer = admin_client.post(
        reverse("admin:registrations_message_changelist"),
        {"action": "send_again", "_selected_action": chosen},
        follow=True,
    )

    assert recorded("action", "after", "about") == [("sent-again", {"mails": 2}, "mails")]
    assert "1 mail cannot be sent again: its text was removed." in answer.text
    assert "text removed on" in answer.text
