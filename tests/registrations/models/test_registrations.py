"""When a registration lets its person join the meeting."""

from datetime import timedelta

import pytest

from registrations.models import Registration
from tests.factories import RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def registration():
    return RegistrationFactory()


@pytest.mark.parametrize(
    ("after_start", "is_open"),
    [
        (timedelta(minutes=-15, seconds=-1), False),
        (timedelta(minutes=-15), True),
        (timedelta(minutes=59, seconds=59), True),
        (timedelta(minutes=60), False),
    ],
)
def test_people_can_join_from_a_quarter_of_an_hour_before_the_start_to_the_end(registration, after_start, is_open):
    now = registration.occurrence.starts_at + after_start

    assert registration.can_join(now) is is_open


@pytest.mark.parametrize("status", [Registration.Status.CANCELLED, Registration.Status.WAITLISTED])
def test_only_confirmed_people_come_in(registration, status):
    registration.status = status

    assert not registration.can_join(registration.occurrence.starts_at)


def test_nobody_comes_into_a_slot_that_is_called_off(registration):
    slot = registration.occurrence
    slot.called_off_at = slot.starts_at - timedelta(days=1)

    assert not registration.can_join(slot.starts_at)
