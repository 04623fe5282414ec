"""Who waits for a slot in parts: a place that comes free between two parts is still worth having."""

from dataclasses import replace

import pytest

from registrations.calendar import told
from registrations.enrolment import enrolment, waiting_list
from registrations.mail import notices
from registrations.models import Registration
from registrations.presenters.entries import Entry
from registrations.presenters.staff import timetable
from registrations.presenters.waiting_room import WaitingRoom
from registrations.seats import availability
from sessions.models import Occurrence
from sessions.public import snapshot
from sessions.slot_states import SlotState
from tests.factories import RegistrationFactory
from tests.support.calendars import read_mail
from tests.support.registrations.story_of_parts import DAY, HOUR, MORNING, slot_in_parts
from tests.support.registrations.waiting import join_list, seated

pytestmark = pytest.mark.django_db
BETWEEN, SECOND_BEGUN = MORNING + 3 * HOUR, MORNING + DAY
BEGUN = "The session has begun without a free place for you. We are sorry."


@pytest.fixture
def slot():
    slot = slot_in_parts(MORNING, MORNING + DAY, capacity=1)
    RegistrationFactory(occurrence=slot)
    return slot


def leave(slot, now):
    [first, *_later] = seated(slot)
    enrolment.cancel(registration_id=first.pk, now=now)


def read(waiting):
    return Registration.objects.select_related("occurrence", "session__season", "participant").get(pk=waiting.pk)


@pytest.mark.parametrize(
    ("now", "status"),
    [(MORNING + HOUR / 2, "confirmed"), (BETWEEN, "confirmed"), (SECOND_BEGUN, "waitlisted")],
)
def test_place_is_given_until_the_last_part_begins(slot, now, status):
    waiting = join_list(slot)

    leave(slot, now)

    assert read(waiting).status == status


def test_part_that_is_called_off_is_none_to_wait_for(slot):
    first, second = slot.parts
    Occurrence.objects.update(parts=(first, replace(second, is_called_off=True)), ends_at=first.ends_at)
    waiting = join_list(slot)

    leave(slot, BETWEEN - 2.5 * HOUR)

    assert read(waiting).status == "waitlisted"


def test_worker_finds_the_place_between_the_parts_and_not_after_the_last_has_begun(slot):
    join_list(slot)
    Occurrence.objects.update(capacity=2)

    found = [waiting_list.to_seat(now=now) for now in (BETWEEN, SECOND_BEGUN)]

    assert found == [[slot.pk], []]


def test_who_comes_between_the_parts_can_join_the_list(slot):
    states = [availability.state(slot, now) for now in (BETWEEN, SECOND_BEGUN)]

    assert states == [SlotState.WAITING_LIST, SlotState.FULL]


def test_pages_are_made_anew_when_a_part_begins_and_when_it_is_over(slot):
    programme = snapshot.of(slot.session.season.slug)
    turns = [MORNING, MORNING + HOUR, MORNING + DAY, MORNING + DAY + HOUR]

    spans = [programme.span_at(turn - HOUR / 60) for turn in turns] + [programme.span_at(turns[-1])]

    assert spans == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("now", "words", "can_move_up"),
    [
        (BETWEEN, "You are number 1 on the waiting list of this time slot.", True),
        (SECOND_BEGUN, BEGUN, False),
        (SECOND_BEGUN + HOUR, "The session took place without a free place for you. We are sorry.", False),
    ],
)
def test_page_before_the_meeting_says_that_there_is_still_something_to_wait_for(slot, now, words, can_move_up):
    room = WaitingRoom(read(join_list(slot)), now)

    assert (room.words_for_who_waits, room.can_move_up) == (words, can_move_up)


def test_my_season_says_so_too(slot):
    waiting = read(join_list(slot))
    waiting.position = 1

    states = [Entry(waiting, waiting.participant, now).state for now in (BETWEEN, SECOND_BEGUN)]

    assert states == ["You are on the waiting list: number 1.", BEGUN]


def test_mail_about_the_place_leads_to_the_part_that_is_next_and_carries_its_entry_alone(slot):
    [seat] = seated(slot)

    text = read_mail(notices.promoted(seat, now=BETWEEN)).get_body(("plain",)).get_content()

    assert "The session starts tomorrow, in 21 hours." in text
    assert "going on now" not in text
    assert told.differing(seat, BETWEEN) == [told.first_entry(seat, BETWEEN).number] == [2]


def test_staff_read_that_the_list_ends_with_the_start_of_the_last_part(slot):
    join_list(slot)

    found = timetable.of_season(slot.session.season, now=MORNING - HOUR)

    begins = {event.at: event.words for event in found if event.words.startswith("It begins")}
    assert begins == {MORNING: "It begins", MORNING + DAY: "It begins; who waits for a place gets none any more"}
