"""In figures a time slot in parts lasts as long as its parts, not from the first day to the last."""

from dataclasses import replace
from datetime import UTC

import pytest

from registrations.figures import as_json, naming
from registrations.figures.names import names_of
from registrations.figures.tables import Row, Table
from tests.support.registrations.story_of_parts import DAY, HOUR, MORNING, slot_in_parts


@pytest.mark.django_db
def test_hours_are_those_of_the_parts_also_when_they_are_stored():
    slot = slot_in_parts(MORNING, MORNING + DAY)
    names, key = names_of(slot.session.season), str(slot.pk)

    stored = as_json.write(Table("slot", (), (Row(key, ()),), Row("", ())), names)

    assert names.rows["slot"][key].held_seconds == 2 * HOUR.total_seconds()
    assert as_json.names(stored)[key] == names.rows["slot"][key]


CALLED_OFF = {"is_called_off": True}


def words(*starts, **changes):
    slot = slot_in_parts(*starts, session__title="Air")
    names, key = names_of(slot.session.season), str(slot.pk)
    names.rows["slot"][key] = replace(names.rows["slot"][key], **changes)
    return naming.row("slot", key, names, zone=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("starts", "changes", "said"),
    [
        ([MORNING, MORNING + DAY], {}, "8 October 2030 – 9 October 2030, in parts: Air"),
        ([MORNING, MORNING + DAY], CALLED_OFF, "8 October 2030 – 9 October 2030, in parts (called off): Air"),
        ([MORNING, MORNING + 3 * HOUR], {}, "8 October 2030, in parts: Air"),
        ([MORNING], {}, "Tue 8 Oct 2030, 07:00–08:00: Air"),
    ],
)
def test_row_says_days_and_no_hours_as_if_it_lasted_all_the_time_between(starts, changes, said):
    assert words(*starts, **changes) == said
