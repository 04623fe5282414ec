"""Joining a meeting: when its address is given, and that the first click is stored."""

from datetime import timedelta

import pytest

from registrations.enrolment import joining
from registrations.models import Registration
from tests.factories import OccurrenceFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
MEETING = "https://meet.example/123"


@pytest.fixture
def registration():
    return RegistrationFactory(occurrence=OccurrenceFactory(meeting_url=MEETING))


def test_first_click_is_remembered_and_later_ones_are_not(registration):
    starts_at = registration.occurrence.starts_at

    urls = [joining.join(registration=registration, now=starts_at + timedelta(minutes=n)) for n in (1, 9)]

    assert urls == [MEETING, MEETING]
    assert Registration.objects.get().joined_at == starts_at + timedelta(minutes=1)


def test_early_click_gets_nothing_and_is_not_remembered(registration):
    with pytest.raises(joining.MeetingClosed):
        joining.join(registration=registration, now=registration.occurrence.starts_at - timedelta(hours=1))

    assert Registration.objects.get().joined_at is None
