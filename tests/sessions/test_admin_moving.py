"""The page on which staff move a time slot."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User

from registrations import rescheduling
from registrations.models import Message, Registration
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory, SessionFactory
from tests.sessions.admin_pages import page, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    """Tuesday 8 October 2030, 09:00 to 10:00 in Geneva, with two confirmed people, one of them in Samoa."""
    slot = OccurrenceFactory(starts_at=datetime(2030, 10, 8, 7, 0, tzinfo=UTC))
    samoan = ParticipantFactory(season=slot.session.season, timezone="Pacific/Apia")
    RegistrationFactory(occurrence=slot, participant=samoan)
    RegistrationFactory(occurrence=slot)
    RegistrationFactory(occurrence=slot, status=Registration.Status.CANCELLED)
    return slot


def typed(begins="15:00", ends="16:00", day="2030-10-08", **more):
    return {"day": day, "begins": begins, "ends": ends, **more}


def confirmed(slot, **times):
    return typed(**times) | {"confirm": "Move it", "sequence": slot.sequence}


def state(slot):
    slot.refresh_from_db()
    return slot.starts_at, slot.sequence, Message.objects.count()


def test_page_is_filled_with_the_present_times(admin_client, slot):
    shown = admin_client.get(page("occurrence_move", slot.pk)).content.decode()

    assert 'value="2030-10-08"' in shown
    assert 'value="09:00"' in shown
    assert 'Tuesday 8 October 2030, <span class="hours">07:00–08:00</span> <small>(UTC)</small>' in shown


def test_preview_says_what_the_change_does_and_changes_nothing(admin_client, slot):
    before = state(slot)

    shown = admin_client.post(page("occurrence_move", slot.pk), typed("12:00", "13:00")).content.decode()

    assert "2 people will be told by mail." in shown
    assert "For 1 of them the new time is at night" in shown
    assert 'Tuesday 8 October 2030, <span class="hours">12:00–13:00</span> <small>(Geneva, UTC+2)</small>' in shown
    assert 'value="Move it and tell 2 people"' in shown
    assert state(slot) == before


def test_confirming_moves_the_slot_and_tells_each_confirmed_person_once(admin_client, slot):
    response = admin_client.post(page("occurrence_move", slot.pk), confirmed(slot))

    assert state(slot) == (datetime(2030, 10, 8, 13, 0, tzinfo=UTC), 1, 2)
    assert set(Registration.objects.values_list("status", "sequence")) == {("confirmed", 1), ("cancelled", 0)}
    assert set(Message.objects.values_list("registration__status", "kind")) == {("confirmed", "rescheduled")}
    assert said(response) == [
        "Moved from Tuesday 8 October 2030, 09:00–10:00 (Geneva, UTC+2) to "
        "Tuesday 8 October 2030, 15:00–16:00 (Geneva, UTC+2). 2 people are told by mail."
    ]


def test_move_stands_in_the_history_of_the_slot(admin_client, slot):
    admin_client.post(page("occurrence_move", slot.pk), confirmed(slot))

    entry = LogEntry.objects.get()
    assert entry.object_id == str(slot.pk)
    assert "2 people are told by mail." in entry.get_change_message()


def test_same_times_change_nothing_and_tell_nobody(admin_client, slot):
    before = state(slot)

    response = admin_client.post(page("occurrence_move", slot.pk), confirmed(slot, begins="09:00", ends="10:00"))

    assert state(slot) == before
    assert said(response) == ["The time is the same as before: nothing was changed, nobody is told."]


def test_confirmation_of_an_old_preview_shows_the_new_state_first(admin_client, slot):
    old = confirmed(slot)
    hour = timedelta(hours=1)
    later = {"starts_at": slot.starts_at + hour, "ends_at": slot.ends_at + hour, "now": slot.changed_at}
    rescheduling.reschedule(occurrence_id=slot.pk, **later)
    before = state(slot)

    shown = admin_client.post(page("occurrence_move", slot.pk), old).content.decode()

    assert "Somebody changed this time slot meanwhile." in shown
    assert state(slot) == before


def test_times_over_another_slot_of_the_session_are_refused(admin_client, slot):
    OccurrenceFactory(session=slot.session, starts_at=datetime(2030, 10, 8, 13, 0, tzinfo=UTC))
    before = state(slot)

    response = admin_client.post(page("occurrence_move", slot.pk), confirmed(slot))

    assert "This session has a time slot then" in response.context["form"].errors["begins"][0]
    assert state(slot) == before


def test_preview_warns_of_the_past_and_of_other_sessions(admin_client, slot):
    slot.session.season.__class__.objects.update(starts_on=datetime(2020, 1, 1, tzinfo=UTC).date())
    other = SessionFactory(season=slot.session.season, title="Gold mining")
    OccurrenceFactory(session=other, starts_at=datetime(2020, 10, 8, 13, 0, tzinfo=UTC))

    response = admin_client.post(page("occurrence_move", slot.pk), typed(day="2020-10-08"))

    past, overlap = response.context["effect"].warnings
    assert past == "This time is in the past."
    assert overlap.startswith("At the same time as “Gold mining”")


def test_slot_called_off_cannot_be_moved(admin_client, slot):
    rescheduling.call_off(occurrence_id=slot.pk, now=slot.changed_at)
    before = state(slot)

    response = admin_client.post(page("occurrence_move", slot.pk), confirmed(slot))

    assert state(slot) == before
    assert said(response) == ["This time slot is called off already; it cannot be changed."]


@pytest.mark.parametrize("name", ["occurrence_move", "occurrence_call_off"])
def test_staff_without_the_right_to_change_slots_are_refused(client, slot, name):
    client.force_login(User.objects.create_user("reader", is_staff=True))
    before = state(slot)

    response = client.post(page(name, slot.pk), confirmed(slot))

    assert response.status_code == 403
    assert state(slot) == before
