"""The way out for somebody whose time slot is at night."""

from datetime import UTC, datetime, timedelta

import pytest

from registrations.seats import nights
from tests.factories import OccurrenceFactory, RegistrationFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2030, 10, 1, tzinfo=UTC)
# 03:00 in Nuku'alofa.
AT_NIGHT = datetime(2030, 10, 8, 14, 0, tzinfo=UTC)


@pytest.fixture
def registration():
    slot = OccurrenceFactory(starts_at=AT_NIGHT)
    return RegistrationFactory(occurrence=slot, participant__timezone="Pacific/Tongatapu")


def another_slot(registration, *, hours, **more):
    return OccurrenceFactory(session=registration.session, starts_at=AT_NIGHT + timedelta(hours=hours), **more)


def test_first_slot_by_day_is_the_way_out(registration):
    another_slot(registration, hours=-2)
    later, by_day = another_slot(registration, hours=9), another_slot(registration, hours=6)

    assert nights.way_out(registration, NOW) == by_day
    assert nights.by_day([later, by_day], "Pacific/Tongatapu") == later


@pytest.mark.parametrize("more", [{"capacity": 0}, {"called_off_at": NOW}])
def test_slot_that_cannot_be_had_is_none(registration, more):
    another_slot(registration, hours=6, **more)

    assert nights.way_out(registration, NOW) is None


def test_slot_that_is_over_is_none(registration):
    by_day = another_slot(registration, hours=-6)

    assert nights.way_out(registration, NOW) == by_day
    assert nights.way_out(registration, by_day.ends_at) is None


def test_slot_until_after_ten_in_the_evening_is_at_night():
    slot = OccurrenceFactory(starts_at=datetime(2030, 10, 8, 18, 30, tzinfo=UTC))

    assert [nights.is_at_night(slot, zone) for zone in ("Africa/Nairobi", "Europe/London")] == [True, False]
