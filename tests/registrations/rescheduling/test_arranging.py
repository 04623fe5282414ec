"""Which parts a time slot gets, and the meeting addresses of their own."""

from datetime import timedelta

import pytest

from registrations.models import Message
from registrations.rescheduling import arranging, changes
from sessions.models import Part
from sessions.models.parts import MOST_PARTS, alone
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.registrations.signing_up import NOW
from tests.support.registrations.story_of_parts import DAY, HOUR, MORNING, slot_in_parts

pytestmark = pytest.mark.django_db
SLOT, FIRST, SECOND = "https://meet.example/slot", "https://meet.example/first", "https://meet.example/second"


def arrange(slot, *parts, urls=()):
    change = changes.arrange(occurrence_id=slot.pk, parts=parts, urls=urls, now=NOW)
    slot.refresh_from_db()
    return change


@pytest.mark.parametrize(
    ("after", "waits"),
    [(HOUR / 2, False), (2 * HOUR, True), (DAY - HOUR, False), (DAY + HOUR / 2, False)],
    ids=["while a part is on", "between two", "shortly before one", "while the last is on"],
)
def test_change_can_be_taken_back_where_the_next_part_is_not_near(after, waits):
    slot = slot_in_parts(MORNING, MORNING + DAY)
    RegistrationFactory(occurrence=slot)
    now = MORNING + after

    change = changes.arrange(occurrence_id=slot.pk, parts=[*slot.parts, new(5)], now=now)

    assert (change.mails_leave_at > now) == waits


def new(day):
    start = MORNING + day * DAY
    return Part(0, start, start + HOUR)


def test_slot_has_no_more_parts_than_any_may_have_whoever_asks():
    slot = OccurrenceFactory(starts_at=MORNING)
    most = [*alone(slot), *(new(day) for day in range(1, MOST_PARTS))]

    with pytest.raises(arranging.TooManyParts):
        arrange(slot, *most, new(MOST_PARTS))

    arrange(slot, *most)
    assert len(slot.parts) == MOST_PARTS


def test_address_of_a_part_is_stored_and_nobody_is_told():
    slot = slot_in_parts(MORNING, MORNING + DAY)
    RegistrationFactory(occurrence=slot)

    change = arrange(slot, *slot.parts, urls=["", SECOND])

    assert (change, slot.part_urls, slot.sequence, Message.objects.count()) == (None, {"2": SECOND}, 0, 0)


def test_new_part_has_the_address_that_was_typed_for_it():
    slot = slot_in_parts(MORNING, MORNING + DAY)

    arrange(slot, *slot.parts, new(2), urls=["", "", SECOND])

    assert slot.part_urls == {"3": SECOND}


def test_parts_keep_their_addresses_when_others_move():
    slot = slot_in_parts(MORNING, MORNING + DAY, part_urls={"2": SECOND})
    first, second = slot.parts

    arrange(slot, Part(1, first.starts_at - HOUR, first.ends_at), second)

    assert slot.part_urls == {"2": SECOND}


def test_part_that_is_called_off_keeps_its_address_for_when_it_is_held_after_all():
    slot = slot_in_parts(MORNING, MORNING + DAY, part_urls={"2": SECOND})

    arrange(slot, slot.parts[0])

    assert slot.part_urls == {"2": SECOND}


def test_address_of_the_only_part_is_that_of_the_slot():
    slot = OccurrenceFactory(starts_at=MORNING, meeting_url=SLOT)

    arrange(slot, *alone(slot), urls=[FIRST])

    assert (slot.parts, slot.meeting_url, slot.part_urls) == ((), FIRST, {})


@pytest.mark.parametrize(
    ("slot_url", "urls", "after", "lacking"),
    [
        ("", {}, 0, [1, 2]),
        ("", {"1": FIRST}, 0, [2]),
        ("", {"2": SECOND}, 1.5, []),
        ("", {"1": FIRST}, 1.5, [2]),
        (SLOT, {"1": FIRST}, 0, []),
        ("", {}, 26, []),
    ],
)
def test_parts_to_come_without_any_address(slot_url, urls, after, lacking):
    slot = slot_in_parts(MORNING, MORNING + DAY, meeting_url=slot_url, part_urls=urls)

    found = slot.stretches_without_address(MORNING + timedelta(hours=after))

    assert [part.part.number for part in found] == lacking
