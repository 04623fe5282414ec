"""What the page of a session says to a reader for whom it is at night."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import OccurrenceFactory

pytestmark = pytest.mark.django_db

# 03:00 in Nuku'alofa.
AT_NIGHT = datetime(2030, 10, 8, 14, 0, tzinfo=UTC)
ONLY, OTHER = "Only at night for you.", "The time slot at 09:00 is not at night for you."


@pytest.fixture
def slot():
    return OccurrenceFactory(starts_at=AT_NIGHT)


def page_of(client, slot, zone="Pacific/Tongatapu", address="") -> str:
    client.cookies["zone"] = zone.replace("/", "%2F")
    return client.get(address or slot.session.get_absolute_url()).text


def test_session_held_once_at_night_offers_its_recording(client, slot):
    assert ONLY in page_of(client, slot)
    assert ONLY not in page_of(client, slot, "Africa/Nairobi")


def test_slot_by_day_is_named(client, slot):
    OccurrenceFactory(session=slot.session, starts_at=AT_NIGHT + timedelta(hours=6))

    shown = page_of(client, slot)

    assert (OTHER in shown, ONLY in shown) == (True, False)
    assert OTHER not in page_of(client, slot, "Europe/Zurich")


def test_programme_says_which_sessions_are_only_at_night(client, slot):
    twice = OccurrenceFactory(session__season=slot.session.season, starts_at=AT_NIGHT)
    OccurrenceFactory(session=twice.session, starts_at=AT_NIGHT + timedelta(hours=6))

    assert page_of(client, slot, address=slot.session.season.get_absolute_url()).count(ONLY) == 1


def test_programme_offers_no_recording_of_what_nobody_can_sign_up_for(client, slot):
    slot.session.registration_closes_at = AT_NIGHT - timedelta(days=3000)
    slot.session.save()

    page = page_of(client, slot, address=slot.session.season.get_absolute_url())

    assert "03:00 for you: night" in page
    assert ONLY not in page


def test_slot_by_day_that_cannot_be_had_is_no_way_out(client, slot):
    OccurrenceFactory(session=slot.session, starts_at=AT_NIGHT + timedelta(hours=6), called_off_at=AT_NIGHT)

    assert ONLY in page_of(client, slot)
