"""The page on which staff hold a time slot after all that was called off."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from registrations.models import Message, SlotChange
from registrations.rescheduling import changes
from sessions.models import Occurrence
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory, SeasonFactory
from tests.support.messages import said, said_at_some_hour
from tests.support.races import just_before_the_lock
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.sessions.admin_pages import confirmed, page

pytestmark = pytest.mark.django_db

NOW = datetime(2030, 9, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def slot():
    """Called off, and the two people who are registered have been told; for one of them it is at night."""
    slot = OccurrenceFactory(starts_at=datetime(2030, 10, 8, 10, 0, tzinfo=UTC))
    RegistrationFactory(occurrence=slot)
    samoan = ParticipantFactory(season=slot.session.season, timezone="Pacific/Apia")
    RegistrationFactory(occurrence=slot, participant=samoan)
    changes.call_off(occurrence_id=slot.pk, now=NOW)
    send_waiting_mails()
    return slot


def preview(client, slot):
    return client.get(page("occurrence_revive", slot.pk))


def revive(client, slot, people=2):
    return client.post(page("occurrence_revive", slot.pk), confirmed(preview(client, slot), people=people))


def state(slot):
    slot.refresh_from_db()
    return slot.is_called_off, Message.objects.unsent().count()


def test_page_says_what_it_does_and_changes_nothing(admin_client, slot):
    response = preview(admin_client, slot)

    effect = response.context["effect"]
    assert effect.headline == "2 people will be told by mail."
    assert effect.facts == ["The hour is by day (06:00 to 22:00) for 1 of them, and at night for 1."]
    assert effect.mail.subject.startswith("Takes place after all, on ")
    assert effect.leave.startswith("If you confirm now, the mails leave at ")
    assert 'value="Hold it after all and tell 2 people"' in response.content.decode()
    assert state(slot) == (True, 0)


def test_confirming_holds_the_slot_and_tells_the_confirmed(admin_client, slot):
    response = revive(admin_client, slot)

    assert state(slot) == (False, 2)
    assert set(Message.objects.unsent().values_list("kind", flat=True)) == {"revived"}
    assert said_at_some_hour(response) == [
        "Tuesday 8 October 2030, 12:00–13:00 (Geneva, UTC+2) is held after all.",
        "The mails to 2 people leave at hh:mm (Geneva). Until then you can take this back.",
    ]
    assert LogEntry.objects.get().object_id == str(slot.pk)
    change = SlotChange.objects.order_by("pk").last()
    assert response.url == reverse("admin:registrations_slotchange_change", args=[change.pk])


@pytest.mark.parametrize("number", ["", "3"])
def test_wrong_number_of_people_changes_nothing(admin_client, slot, number):
    response = revive(admin_client, slot, people=number)

    assert response.context["confirm"].errors["people"]
    assert state(slot) == (True, 0)


def test_people_who_have_not_heard_of_the_calling_off_hear_nothing(admin_client):
    slot = RegistrationFactory().occurrence
    changes.call_off(occurrence_id=slot.pk, now=NOW)

    seen = preview(admin_client, slot)
    admin_client.post(page("occurrence_revive", slot.pk), confirmed(seen))

    assert seen.context["effect"].headline == "Nobody will be told."
    silent, hours = seen.context["effect"].facts
    assert silent.startswith("1 person hears nothing")
    assert hours.endswith("for all of them.")
    assert state(slot) == (False, 0)


def test_slot_that_is_over_is_warned_of(admin_client):
    season = SeasonFactory(starts_on=date(2020, 9, 1))
    past = datetime(2020, 10, 8, 10, 0, tzinfo=UTC)
    slot = OccurrenceFactory(session__season=season, starts_at=past, called_off_at=NOW)

    [warning] = preview(admin_client, slot).context["warnings"]

    assert warning.startswith("This time slot is over")


def test_another_slot_of_the_session_then_is_named_and_there_is_no_button(admin_client, slot):
    OccurrenceFactory(session=slot.session, starts_at=slot.starts_at + timedelta(minutes=30))

    shown = preview(admin_client, slot).content.decode()

    assert "This session has a time slot then: Tuesday 8 October 2030, 12:30–13:30 (Geneva, UTC+2)." in shown
    assert 'name="confirm"' not in shown


def test_another_slot_that_comes_in_the_way_at_the_last_moment_is_named(admin_client, slot):
    seen = confirmed(preview(admin_client, slot), people=2)
    later = slot.starts_at + timedelta(minutes=30)

    with just_before_the_lock(lambda: OccurrenceFactory(session=slot.session, starts_at=later)):
        response = admin_client.post(page("occurrence_revive", slot.pk), seen)

    assert "this one cannot be held" in response.content.decode()
    assert state(slot) == (True, 0)


def test_slot_that_somebody_revived_meanwhile_tells_nobody_again(admin_client, slot):
    seen = confirmed(preview(admin_client, slot), people=2)

    with just_before_the_lock(lambda: Occurrence.objects.update(called_off_at=None)):
        response = admin_client.post(page("occurrence_revive", slot.pk), seen)

    assert state(slot) == (False, 0)
    assert said(response) == ["This time slot is held; it is not called off."]


def test_page_of_a_slot_that_is_held_leads_back(admin_client):
    slot = OccurrenceFactory()

    response = preview(admin_client, slot)

    assert response.url == page("session_change", slot.session_id)
    assert said(response) == ["This time slot is held; it is not called off."]
