from datetime import timedelta

import pytest

from registrations import attendance
from registrations.models import Registration
from tests.factories import OccurrenceFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
MEETING = "https://meet.example/123"


@pytest.fixture
def registration():
    return RegistrationFactory(occurrence=OccurrenceFactory(meeting_url=MEETING))


@pytest.mark.parametrize(
    ("after_start", "is_open"),
    [
        (timedelta(minutes=-15, seconds=-1), False),
        (timedelta(minutes=-15), True),
        (timedelta(minutes=59, seconds=59), True),
        (timedelta(minutes=60), False),
    ],
)
def test_door_is_open_from_a_quarter_of_an_hour_before_the_start_to_the_end(registration, after_start, is_open):
    now = registration.occurrence.starts_at + after_start

    assert attendance.is_door_open(registration, now) is is_open


def test_first_click_is_remembered_and_later_ones_are_not(registration):
    starts_at = registration.occurrence.starts_at

    urls = [attendance.join(registration=registration, now=starts_at + timedelta(minutes=n)) for n in (1, 9)]

    assert urls == [MEETING, MEETING]
    assert Registration.objects.get().joined_at == starts_at + timedelta(minutes=1)


def test_early_click_gets_nothing_and_is_not_remembered(registration):
    with pytest.raises(attendance.DoorClosed):
        attendance.join(registration=registration, now=registration.occurrence.starts_at - timedelta(hours=1))

    assert Registration.objects.get().joined_at is None


@pytest.mark.parametrize("status", [Registration.Status.CANCELLED, Registration.Status.WAITLISTED])
def test_only_confirmed_people_come_in(registration, status):
    registration.status = status

    assert not attendance.is_door_open(registration, registration.occurrence.starts_at)


def test_nobody_comes_into_a_slot_that_is_called_off(registration):
    slot = registration.occurrence
    slot.called_off_at = slot.starts_at - timedelta(days=1)

    assert not attendance.is_door_open(registration, slot.starts_at)
