"""The box for the reason that people read, beside that for colleagues."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registrations.models import StaffAction
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.sessions.admin_pages import confirmed, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    return OccurrenceFactory(starts_at=timezone.now() + timedelta(days=9))


def send(client, slot, **typed):
    address = page("occurrence_call_off", slot.pk)
    return client.post(address, confirmed(client.get(address), **typed))


def test_reason_is_stored_as_one_line_and_is_on_the_record(admin_client, slot):
    RegistrationFactory(occurrence=slot)

    send(admin_client, slot, people="1", reason="The speaker\r\nis ill", why="Ana asked")

    slot.refresh_from_db()
    done = StaffAction.objects.get(action="called-off")
    assert slot.reason == "The speaker is ill"
    assert (done.after["reason"], done.why) == ("The speaker is ill", "Ana asked")


@pytest.mark.parametrize("typed", [{"people": "2"}, {"people": "1", "sequence": "7"}])
def test_what_was_typed_is_not_lost(admin_client, slot, typed):
    RegistrationFactory(occurrence=slot)

    again = send(admin_client, slot, reason="The speaker is ill", **typed)

    assert again.context["confirm"]["reason"].value() == "The speaker is ill"


def test_longer_one_than_mails_have_room_for_is_refused(admin_client, slot):
    RegistrationFactory(occurrence=slot)

    again = send(admin_client, slot, people="1", reason="x" * 301)

    assert "at most 300 characters" in again.text
    slot.refresh_from_db()
    assert not slot.is_called_off


def test_where_nobody_is_told_there_is_no_box(admin_client, slot):
    assert "reason" not in admin_client.get(page("occurrence_call_off", slot.pk)).context["confirm"].fields
