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


def way_out(registration, now=NOW):
    return nights.way_out(registration, registration.session.occurrences.all(), now)


def test_first_slot_by_day_is_the_way_out(registration):
    another_slot(registration, hours=-2)
    later, by_day = another_slot(registration, hours=9), another_slot(registration, hours=6)

    assert way_out(registration) == nights.WayOut(by_day, is_full=False)
    assert nights.by_day([later, by_day], "Pacific/Tongatapu") == later


def test_full_slot_by_day_is_one_to_wait_for_where_no_free_one_is(registration):
    full = another_slot(registration, hours=6, capacity=0)
    only_full = way_out(registration)

    free = another_slot(registration, hours=8)

    assert only_full == nights.WayOut(full, is_full=True)
    assert way_out(registration) == nights.WayOut(free, is_full=False)


def test_who_has_a_seat_cannot_come_back_to_a_session_that_is_closed_and_who_waits_can_change_lists(registration):
    full = another_slot(registration, hours=6, capacity=0)
    registration.session.registration_closes_at = NOW
    registration.session.save()

    with_seat = way_out(registration)
    registration.status = registration.Status.WAITLISTED

    assert (with_seat, way_out(registration)) == (None, nights.WayOut(full, is_full=True))


@pytest.mark.parametrize("is_waiting", [False, True])
def test_slot_that_was_called_off_is_none(registration, is_waiting):
    another_slot(registration, hours=6, capacity=0, called_off_at=NOW)
    registration.status = registration.Status.WAITLISTED if is_waiting else registration.Status.CONFIRMED

    assert way_out(registration) is None


def test_slot_that_is_over_is_none(registration):
    by_day = another_slot(registration, hours=-6)

    assert way_out(registration) == nights.WayOut(by_day, is_full=False)
    assert way_out(registration, by_day.ends_at) is None


def test_slot_until_after_ten_in_the_evening_is_at_night():
    slot = OccurrenceFactory(starts_at=datetime(2030, 10, 8, 18, 30, tzinfo=UTC))

    assert [nights.is_at_night(slot, zone) for zone in ("Africa/Nairobi", "Europe/London")] == [True, False]
