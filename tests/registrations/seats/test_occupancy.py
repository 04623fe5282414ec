"""How full a meeting will be, by those who are registered and by those who usually come."""

from datetime import UTC, datetime, timedelta

import pytest

from registrations.seats import occupancy
from registrations.seats.occupancy import Occupancy
from sessions.models import Occurrence
from tests.factories import AttendanceReportFactory, OccurrenceFactory, RegistrationFactory, SeasonFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2030, 10, 1, 12, 0, tzinfo=UTC)


def held(season, registered, joined=0, **slot):
    """A slot that is over, so many registered people, and so many of them who used their join link."""
    occurrence = OccurrenceFactory(session__season=season, starts_at=NOW - timedelta(days=2), **slot)
    for number in range(registered):
        joined_at = occurrence.starts_at if number < joined else None
        RegistrationFactory(occurrence=occurrence, joined_at=joined_at)
    return occurrence


def rate(season):
    return occupancy.show_up_rates([season.pk], now=NOW).get(season.pk)


def occupancy_of(slot):
    slots = Occurrence.objects.select_related("session").filter(pk=slot.pk)
    return occupancy.of_slots(list(slots), now=NOW)[slot.pk]


def test_rate_counts_who_joined_in_all_slots_together(season):
    held(season, registered=4, joined=1)
    held(season, registered=2, joined=2)

    assert rate(season) == 3 / 6


def test_number_of_staff_counts_where_nobody_joined(season):
    held(season, registered=4, attendance=3)

    assert rate(season) == 3 / 4


def test_clicks_come_before_the_number_of_staff(season):
    held(season, registered=4, joined=2, attendance=40)

    assert rate(season) == 2 / 4


@pytest.mark.parametrize("seconds", [0, 900])
def test_report_of_the_meeting_comes_before_clicks_and_the_number_of_staff(season, seconds):
    slot = held(season, registered=4, joined=2, attendance=40)
    AttendanceReportFactory(occurrence=slot)
    slot.registrations.update(attended_seconds=0)
    slot.registrations.filter(pk=slot.registrations.first().pk).update(attended_seconds=seconds)

    assert rate(season) == bool(seconds) / 4


def test_slot_without_joins_and_without_a_number_is_not_known(season):
    held(season, registered=4)
    held(season, registered=0, attendance=120)

    assert rate(season) is None


def test_only_what_was_held_in_the_same_season_counts(season):
    held(season, registered=2, joined=2, called_off_at=NOW)
    held(SeasonFactory(), registered=2, joined=2)
    RegistrationFactory(occurrence=OccurrenceFactory(session__season=season), joined_at=NOW)

    assert rate(season) is None


def test_cancelled_and_waiting_people_are_not_expected(season):
    slot = held(season, registered=2, joined=1)
    RegistrationFactory(occurrence=slot, status="cancelled")
    RegistrationFactory(occurrence=slot, status="waitlisted")

    assert rate(season) == 1 / 2


def test_guard_of_a_slot_to_come(season):
    held(season, registered=4, joined=2)
    slot = OccurrenceFactory(session__season=season, capacity=4)
    RegistrationFactory.create_batch(3, occurrence=slot)
    RegistrationFactory(occurrence=slot, status="waitlisted")

    occupied = occupancy_of(slot)

    assert occupied == Occupancy(confirmed=3, waiting=1, capacity=4, show_up_rate=0.5)
    assert (occupied.expected, occupied.percent, occupied.is_near) == (2, 75, False)


@pytest.mark.parametrize(
    ("confirmed", "capacity", "is_near"),
    [
        (79, 100, False),
        (80, 100, True),
        (100, 100, True),
        (0, 0, True),
        (3, 4, False),
        (4, 5, True),
        (500, None, False),
    ],
)
def test_warning_begins_at_eighty_percent(confirmed, capacity, is_near):
    assert Occupancy(confirmed, 0, capacity, None).is_near is is_near


def test_warning_follows_the_setting(settings):
    settings.LICENCE_WARNING_PERCENT = 50

    assert Occupancy(50, 0, 100, None).is_near


def test_more_people_than_registered_may_be_expected():
    occupied = Occupancy(confirmed=60, waiting=0, capacity=100, show_up_rate=1.5)

    assert (occupied.expected, occupied.is_near) == (90, True)


def test_all_slots_and_seasons_are_asked_for_in_one_query(season, django_assert_num_queries):
    other = SeasonFactory()
    for each in (season, other):
        held(each, registered=1, joined=1)
        OccurrenceFactory(session__season=each)
    slots = list(Occurrence.objects.select_related("session"))

    with django_assert_num_queries(1):
        occupancy.of_slots(slots, now=NOW)


def test_season_that_is_over_is_not_counted_again(season, django_assert_num_queries):
    held(season, registered=1, joined=1)
    slots = list(Occurrence.objects.select_related("session"))

    with django_assert_num_queries(0):
        occupancy.of_slots(slots, now=NOW)
