"""What somebody with a place in a time slot of two parts can do: come in to each, and have the minutes of both."""

from datetime import timedelta

import pytest

from registrations.attendance import counting
from registrations.calendar import my_feed
from registrations.enrolment import joining
from registrations.models import Registration
from registrations.presenters.waiting_room import WaitingRoom
from registrations.rescheduling import changes
from sessions.models.parts import alone
from tests.factories import AttendanceIntervalFactory, AttendanceReportFactory, OccurrenceFactory, RegistrationFactory
from tests.support.calendars import seen_by_ics, seen_by_vobject
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import NOW, register
from tests.support.registrations.story_of_parts import DAY, HOUR, MORNING, slot_in_parts

pytestmark = pytest.mark.django_db
MEETING = "https://meet.example/123"


@pytest.fixture
def registration():
    return RegistrationFactory(occurrence=slot_in_parts(MORNING, MORNING + DAY, meeting_url=MEETING))


@pytest.mark.parametrize(
    ("after", "is_open"),
    [
        (-16 * HOUR / 60, False),
        (-HOUR / 4, True),
        (HOUR - timedelta(seconds=1), True),
        (HOUR, False),
        (DAY - HOUR, False),
        (DAY - HOUR / 4, True),
        (DAY + HOUR, False),
    ],
)
def test_doors_are_open_for_each_part_and_closed_between(registration, after, is_open):
    if is_open:
        assert joining.join(registration=registration, now=MORNING + after) == MEETING
    else:
        with pytest.raises(joining.MeetingClosed):
            joining.join(registration=registration, now=MORNING + after)


def test_page_before_the_meeting_speaks_of_the_part_that_is_next(registration):
    between, over = WaitingRoom(registration, MORNING + 2 * HOUR), WaitingRoom(registration, MORNING + DAY + HOUR)

    assert (between.state, between.time.clocks.heading) == ("waiting", "Part 2 of 2")
    assert between.countdown == "The session starts tomorrow, in 22 hours."
    assert over.state == "over"


def test_part_with_an_address_of_its_own_leads_there_and_the_other_to_that_of_the_slot(registration):
    registration.occurrence.part_urls = {"2": "https://meet.example/second"}

    led = [joining.join(registration=registration, now=MORNING + after) for after in (HOUR / 2, DAY + HOUR / 2)]

    assert led == [MEETING, "https://meet.example/second"]


def test_door_of_a_part_with_an_address_of_its_own_opens_where_the_slot_has_none(registration):
    slot = registration.occurrence
    slot.meeting_url, slot.part_urls = "", {"1": MEETING}

    states = [WaitingRoom(registration, MORNING + after).state for after in (HOUR / 2, DAY + HOUR / 2)]

    assert states == ["open", "no-address"]


def test_minutes_of_the_parts_are_added_up_and_those_between_count_nowhere(registration):
    slot = registration.occurrence
    report = AttendanceReportFactory(occurrence=slot)
    AttendanceIntervalFactory(
        registration=registration, report=report, joined_at=MORNING + HOUR / 2, left_at=MORNING + 3 * HOUR
    )
    AttendanceIntervalFactory(registration=registration, report=report, joined_at=MORNING + DAY)

    counting.recount(slot.session_id)

    assert Registration.objects.get().attended_seconds == 1.5 * HOUR.total_seconds()


def test_own_calendar_has_an_event_for_each_part_and_says_which_is_called_off(registration):
    slot = registration.occurrence
    changes.arrange(occurrence_id=slot.pk, parts=alone(slot)[:1], now=NOW)

    text = my_feed.of(my_feed.behind(registration.participant.feed_key)).text

    events = {each["starts_at"]: (each["summary"], each["status"]) for each in seen_by_ics(text)}
    title = slot.session.title
    assert events == {
        MORNING: (f"{title} (part 1 of 2)", "CONFIRMED"),
        MORNING + DAY: (f"Called off: {title} (part 2 of 2)", "CANCELLED"),
    }
    assert seen_by_vobject(text) == seen_by_ics(text)


def test_seat_from_the_waiting_list_is_one_in_all_parts():
    slot = slot_in_parts(MORNING, MORNING + DAY, capacity=1)
    [first] = register(slot, email="first@example.org")
    [second] = register(slot, email="second@example.org", waits_for={slot.pk})
    send_waiting_mails()

    changes.change_capacity(occurrence_id=slot.pk, capacity=2, now=NOW)
    send_waiting_mails()

    second.refresh_from_db()
    assert [part.starts_at for part in second.told_parts] == [MORNING, MORNING + DAY]
    assert [mail.kind for mail in second.messages.order_by("pk")] == ["waitlisted", "promoted", "part_entry"]
    assert first.pk != second.pk


def test_another_session_between_two_parts_is_not_in_the_way():
    slot = slot_in_parts(MORNING, MORNING + DAY)
    between = OccurrenceFactory(session=slot.session, starts_at=MORNING + 5 * HOUR)

    with pytest.raises(changes.SlotInTheWay):
        changes.reschedule(occurrence_id=between.pk, starts_at=MORNING + HOUR / 2, ends_at=MORNING + 2 * HOUR, now=NOW)
    assert changes.reschedule(
        occurrence_id=between.pk, starts_at=MORNING + 7 * HOUR, ends_at=MORNING + 8 * HOUR, now=NOW
    )
