"""The page on which staff give a time slot parts, move one, and call one off."""

from datetime import UTC, datetime

import pytest

from registrations.models import Message, SlotChange, StaffAction
from sessions.models.parts import alone
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.messages import said
from tests.support.registrations.story_of_parts import DAY, HOUR, slot_in_parts
from tests.support.sessions.admin_pages import page
from tests.support.sessions.moving import slot_with_two_people, typed
from tests.support.sessions.parts_page import FIRST, SECOND, arrange, preview

pytestmark = pytest.mark.django_db

MORNING = datetime(2030, 10, 8, 7, 0, tzinfo=UTC)


@pytest.fixture
def slot():
    return slot_with_two_people()


def held(slot):
    slot.refresh_from_db()
    return [(part.number, part.starts_at, part.is_called_off) for part in alone(slot)]


def test_page_explains_parts_and_is_filled_with_the_present_times(admin_client, slot):
    shown = admin_client.get(page("occurrence_parts", slot.pk)).content.decode()

    assert "Parts are not alternatives" in shown
    assert 'value="2030-10-08"' in shown
    assert shown.count(">New part</h2>") == 2


def test_preview_says_how_many_hear_of_it_shows_the_mail_and_changes_nothing(admin_client, slot):
    response = preview(admin_client, slot, FIRST, SECOND | {"number": ""})

    shown, effect = response.content.decode(), response.context["effect"]
    assert "2 people will be told by mail." in shown
    assert "Part 2 of 2 is new." in effect.mail.text
    assert 'value="Change the parts and tell 2 people"' in shown
    assert held(slot) == [(1, MORNING, False)]


def test_second_part_is_added_and_people_are_told(admin_client, slot):
    arrange(admin_client, slot, FIRST, SECOND | {"number": ""}, {})

    assert held(slot) == [(1, MORNING, False), (2, MORNING + DAY, False)]
    assert slot.ends_at == MORNING + DAY + HOUR
    assert Message.objects.filter(kind="parts_changed").count() == 2
    first, second = StaffAction.objects.get(action="moved").after["parts"]
    assert first == "1: 2030-10-08 09:00 to 2030-10-08 10:00"
    assert second == "2: 2030-10-09 09:00 to 2030-10-09 10:00"


def test_one_part_is_called_off_and_keeps_its_number(admin_client):
    slot = slot_in_parts(MORNING, MORNING + DAY)
    RegistrationFactory(occurrence=slot)
    arrange(admin_client, slot, FIRST, SECOND | {"is_called_off": "on"}, people=1)

    assert held(slot) == [(1, MORNING, False), (2, MORNING + DAY, True)]
    assert slot.ends_at == MORNING + HOUR


def test_every_part_called_off_is_refused_beside_the_rows(admin_client):
    slot = slot_in_parts(MORNING, MORNING + DAY)
    off = {"is_called_off": "on"}

    response = preview(admin_client, slot, FIRST | off, SECOND | off)

    assert "No part would be left." in response.content.decode()


def test_no_more_parts_than_a_slot_can_have_with_those_that_are_called_off(admin_client, slot):
    new = [typed("12:00", "13:00", f"2030-10-{day}", number="") for day in range(10, 20)]

    fits = preview(admin_client, slot, FIRST, *new[:9])
    refused = preview(admin_client, slot, *new)

    assert "A time slot has at most 10 parts" not in fits.content.decode()
    assert "A time slot has at most 10 parts" in refused.content.decode()
    assert 'value="2030-10-19"' in refused.content.decode()


def test_parts_that_overlap_are_refused(admin_client, slot):
    response = preview(admin_client, slot, FIRST, typed("09:30", "11:00"))

    assert "Another part of this time slot overlaps with this one." in response.content.decode()


def test_part_onto_another_time_slot_of_the_session_is_refused_and_one_between_its_parts_is_not(admin_client):
    slot = slot_in_parts(MORNING, MORNING + DAY)
    other = OccurrenceFactory(session=slot.session, starts_at=MORNING + 5 * DAY)

    refused = preview(admin_client, other, typed("09:30", "10:30", "2030-10-09", number="1"))
    between = preview(admin_client, other, typed("15:00", "16:00", "2030-10-08", number="1"))

    assert "This session has a time slot then" in refused.content.decode()
    assert between.context["effect"]


def test_two_rows_about_one_part_are_refused(admin_client):
    slot = slot_in_parts(MORNING, MORNING + DAY)

    response = preview(admin_client, slot, FIRST, SECOND | {"number": "1"})

    assert "Two rows are about the same part." in response.content.decode()


def test_slot_in_parts_is_not_moved_as_a_whole(admin_client):
    slot = slot_in_parts(MORNING, MORNING + DAY)

    response = admin_client.get(page("occurrence_move", slot.pk), follow=True)

    assert "held in parts" in " ".join(said(response))
    assert not SlotChange.objects.exists()
