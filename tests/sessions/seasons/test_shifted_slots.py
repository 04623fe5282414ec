"""Time slots whose typed hour the rules of their zone have moved."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from registrations.rescheduling import changes
from sessions.clocks.wall_clock import as_typed
from sessions.models import Occurrence
from sessions.seasons import cloning, shifted_slots
from tests.factories import OccurrenceFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2030, 10, 1, tzinfo=UTC)
STARTS_AT = datetime(2030, 10, 8, 7, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def slot_typed(*, earlier=timedelta(0), **more):
    """As typed when the clock of Geneva was so much ahead of what it is by the rules of today."""
    typed = as_typed(STARTS_AT + earlier, STARTS_AT + earlier + HOUR, "Europe/Zurich")
    return OccurrenceFactory(starts_at=STARTS_AT, ends_at=STARTS_AT + HOUR, **typed, **more)


def said_by(*options) -> str:
    out = StringIO()
    call_command("check_time_zones", *options, stdout=out)
    return out.getvalue()


def test_slot_is_listed_when_its_typed_hour_is_another_moment_now():
    slot_typed()
    shifted = slot_typed(earlier=HOUR)

    assert shifted_slots.shifted(NOW) == [shifted_slots.ShiftedSlot(shifted, STARTS_AT + HOUR)]


@pytest.mark.parametrize("more", [{"called_off_at": NOW}, {"typed_zone": ""}])
def test_slot_that_does_not_matter_is_not_listed(more):
    shifted = slot_typed(earlier=HOUR)
    assert [each.slot for each in shifted_slots.shifted(NOW)] == [shifted]

    Occurrence.objects.update(**more)

    assert shifted_slots.shifted(NOW) == []
    assert shifted_slots.shifted(STARTS_AT + HOUR) == []


def test_hour_that_the_clock_skips_now_is_listed_without_a_moment():
    slot_typed()
    # Clocks of Geneva go from 02:00 to 03:00.
    Occurrence.objects.update(typed_start="2030-03-31T02:30", typed_end="2030-03-31T03:30")

    assert [each.typed_at for each in shifted_slots.shifted(NOW)] == [None]


def test_command_lists_and_moves_nothing():
    shifted = slot_typed(earlier=HOUR, session__slug="air")

    said = said_by()

    assert 'session "air": typed 2030-10-08 10:00 in Europe/Zurich, now 2030-10-08 08:00 UTC;' in said
    assert "held at 2030-10-08 07:00 UTC, which is 2030-10-08 09:00 in Geneva" in said
    assert "Nothing was moved." in said
    assert Occurrence.objects.get().starts_at == shifted.starts_at


def test_staff_may_decide_that_all_stay():
    slot_typed(earlier=HOUR)

    assert "1 time slots stay where they are." in said_by("--keep")
    assert said_by() == "Every time slot to come is held at the hour that was typed for it.\n"
    assert Occurrence.objects.get().starts_at == STARTS_AT


# Who stores times stores what was typed


def test_slot_that_is_moved_keeps_what_was_typed():
    slot = slot_typed(earlier=HOUR)

    changes.reschedule(occurrence_id=slot.pk, starts_at=STARTS_AT + HOUR, ends_at=STARTS_AT + 2 * HOUR, now=NOW)

    assert typed_of(Occurrence.objects.get()) == ("2030-10-08T10:00", "2030-10-08T11:00", "Europe/Zurich")
    assert shifted_slots.shifted(NOW) == []


def test_season_that_is_copied_keeps_what_was_typed():
    slot = slot_typed()

    cloning.clone(source=slot.session.season, slug="next", starting=date(2031, 10, 7), now=NOW)

    copied = Occurrence.objects.get(session__season__slug="next")
    assert typed_of(copied) == ("2031-10-07T09:00", "2031-10-07T10:00", "Europe/Zurich")


def typed_of(slot):
    return slot.typed_start, slot.typed_end, slot.typed_zone
