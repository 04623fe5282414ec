"""Each part of a time slot has reminders of its own; parts of one day are one mail, as sessions are."""

from datetime import timedelta

import pytest

from registrations.mail import composing
from registrations.models import Message
from registrations.rescheduling import changes
from sessions.models.parts import alone
from tests.factories import ParticipantFactory, RegistrationFactory
from tests.support.calendars import read_mail
from tests.support.registrations.reminding import HOUR, STARTS_AT, post, reminded
from tests.support.registrations.story_of_parts import DAY, slot_in_parts

pytestmark = pytest.mark.django_db


def seat(*starts):
    person = ParticipantFactory()
    return RegistrationFactory(participant=person, occurrence=slot_in_parts(*starts, session__season=person.season))


def told(kind):
    """The starts of which the mails of this kind tell, in the order of posting."""
    return list(Message.objects.filter(kind=kind).order_by("pk").values_list("known_starts_at", flat=True))


def test_each_part_is_reminded_of_before_it_begins():
    seat(STARTS_AT, STARTS_AT + DAY)

    posted = [post(hours=hours) for hours in (24, 20, 1, 0, -20, -23)]

    assert posted == [1, 0, 1, 1, 0, 1]
    assert told("reminder") == [STARTS_AT, STARTS_AT, STARTS_AT + DAY, STARTS_AT + DAY]


def test_parts_of_a_day_are_one_mail_a_day_before():
    seat(STARTS_AT, STARTS_AT + 4 * HOUR)

    assert [post(hours=24), post(hours=20)] == [1, 0]
    [mail] = Message.objects.filter(kind="reminders")
    composing.prepare(mail, now=STARTS_AT - DAY)
    text = read_mail(mail).get_body(("plain",)).get_content()
    assert "Part 1 of 2" in text
    assert "Part 2 of 2" in text


def test_reminder_names_its_part_alone():
    seat(STARTS_AT, STARTS_AT + DAY)
    post(hours=0)

    [mail] = Message.objects.filter(kind="reminder")
    composing.prepare(mail, now=STARTS_AT)
    text = read_mail(mail).get_body(("plain",)).get_content()
    assert "Part 2 of 2" in text
    assert "Part 1 of 2" not in text


def test_no_reminder_of_a_part_that_is_called_off():
    registration = seat(STARTS_AT, STARTS_AT + DAY)
    changes.arrange(
        occurrence_id=registration.occurrence_id, parts=alone(registration.occurrence)[:1], now=STARTS_AT - 5 * DAY
    )

    assert [post(hours=-1), post(hours=-23)] == [0, 0]
    assert reminded() == []


def test_reminder_of_a_part_that_moves_meanwhile_is_not_sent():
    registration = seat(STARTS_AT, STARTS_AT + DAY)
    post(hours=0)
    first, second = alone(registration.occurrence)
    later = type(second)(2, second.starts_at + HOUR, second.ends_at + HOUR)
    change = changes.arrange(occurrence_id=registration.occurrence_id, parts=[first, later], now=STARTS_AT)
    change.messages.update(status="sent", sent_at=STARTS_AT)

    [mail] = Message.objects.filter(kind="reminder")
    [problem] = composing.prepare_all([mail], now=STARTS_AT + timedelta(minutes=1)).values()
    assert "another time" in str(problem)
