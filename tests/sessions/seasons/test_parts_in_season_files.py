"""A season file has time slots in parts, and a season that was loaded from it has them."""

from datetime import UTC, datetime

import pytest

from sessions.models import Occurrence, Season
from sessions.seasons import loading, season_file
from sessions.seasons.load_report import Act

FILE = """
[season]
slug = "2030"
title = "Season"
timezone = "Europe/Zurich"
[[stream]]
slug = "science"
title = "Science"
[[session]]
slug = "air"
title = "Air"
stream = "science"
duration_minutes = 60
slots = [{slots}]
"""
MORNINGS = '{ start = "2030-10-08T09:00", parts = ["2030-10-09T09:00"] }'
AFTERNOONS = '{ start = "2030-10-08T15:00", parts = ["2030-10-09T15:00"] }'


def entry(*slots):
    return season_file.read(FILE.replace("{slots}", ", ".join(slots)))


def load(*slots):
    loading.load(entry=entry(*slots), now=datetime(2030, 8, 1, tzinfo=UTC), allowed=frozenset(Act))


@pytest.mark.django_db
def test_slots_in_parts_are_loaded_and_one_lies_between_the_parts_of_the_other():
    load(MORNINGS, AFTERNOONS)
    load(MORNINGS, AFTERNOONS)

    first, other = Occurrence.objects.in_order()
    typed = [(part.number, part.typed_start) for part in first.parts]
    assert typed == [(1, "2030-10-08T09:00"), (2, "2030-10-09T09:00")]
    assert first.ends_at == first.parts[1].ends_at
    assert (len(other.parts), first.sequence, other.sequence) == (2, 0, 0)
    assert str(Season.objects.get().ends_on) == "2030-10-09"


@pytest.mark.django_db
def test_file_adds_a_part_where_nobody_is_registered():
    load('{ start = "2030-10-08T09:00" }')
    load(MORNINGS)

    slot = Occurrence.objects.get()
    assert (len(slot.parts), slot.sequence) == (2, 1)


def test_part_that_overlaps_with_another_slot_is_a_mistake():
    with pytest.raises(season_file.SeasonFileError) as caught:
        entry(MORNINGS, '{ start = "2030-10-09T09:30" }')

    assert "is not over then" in str(caught.value)
