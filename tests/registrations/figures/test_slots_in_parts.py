"""In figures a time slot in parts lasts as long as its parts, not from the first day to the last."""

import pytest

from registrations.figures import as_json
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
