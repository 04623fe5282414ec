"""Staff read of time slots that new rules of a zone would move, and decide."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations.models import StaffAction
from sessions.clocks.wall_clock import as_typed
from sessions.seasons import shifted_slots
from tests.factories import OccurrenceFactory
from tests.support.messages import said
from tests.support.staff import registration_officer

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
PAGE = "admin:online_sessions_occurrence_typed_hours"


@pytest.fixture
def slot():
    """As typed when the clock of Geneva was an hour ahead of what it is by the rules of today."""
    starts_at = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=9)
    typed = as_typed(starts_at + HOUR, starts_at + 2 * HOUR, "Europe/Zurich")
    return OccurrenceFactory(starts_at=starts_at, ends_at=starts_at + HOUR, session__title="Mercury in air", **typed)


def shown(slot) -> str:
    return f"{slot.pk}-{slot.sequence}"


def test_start_page_leads_there(admin_client, slot):
    start = admin_client.get(reverse("admin:index")).text

    assert "1 time slot is not at the hour that was typed for it." in start
    assert reverse(PAGE) in start


def test_start_page_says_nothing_where_all_is_well(admin_client):
    OccurrenceFactory()

    assert reverse(PAGE) not in admin_client.get(reverse("admin:index")).text


def test_page_has_the_slot_and_the_way_to_move_it(admin_client, slot):
    page = admin_client.get(reverse(PAGE)).text

    assert "Mercury in air" in page
    assert reverse("admin:online_sessions_occurrence_move", args=[slot.pk]) in page


def test_slot_stays_where_it_is(admin_client, slot):
    answer = admin_client.post(reverse(PAGE), {"slot": [shown(slot)]})

    before = slot.starts_at
    slot.refresh_from_db()
    assert slot.starts_at == before
    assert said(answer) == ["1 time slot stays where it is."]
    assert shifted_slots.shifted(timezone.now()) == []
    assert StaffAction.objects.get().action == "hour-kept"


@pytest.mark.parametrize("sent", [[], ["7"], ["\x00"], ["9999999999999999999-0"]])
def test_what_was_not_shown_is_not_decided(admin_client, slot, sent):
    admin_client.post(reverse(PAGE), {"slot": sent})

    assert [each.slot for each in shifted_slots.shifted(timezone.now())] == [slot]


def test_who_may_only_read_decides_nothing(client, slot):
    registration_officer(client)

    assert "Mercury in air" in client.get(reverse(PAGE)).text
    assert client.post(reverse(PAGE), {"slot": [shown(slot)]}).status_code == 403
