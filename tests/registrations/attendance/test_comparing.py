"""What new files say otherwise than a report that counts."""

from datetime import timedelta

import pytest

from registrations.attendance import comparing, matching
from tests.factories import OccurrenceFactory
from tests.support.registrations.attendance import SLOT, join, register, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    slot = OccurrenceFactory(starts_at=SLOT[0], ends_at=SLOT[1])
    for name in "abcd":
        register(slot, name, f"{name}@example.org")
    return slot


def joins(names, late=0, minutes=30):
    """Each of these people a minute after the one before."""
    return [
        join(minutes, email=f"{name}@example.org", name=name, start=late + number) for number, name in enumerate(names)
    ]


def difference(slot, *new):
    [report] = slot.attendance_reports.in_force()
    found = comparing.differences(matching.visitors(new, slot), 1, [report], slot)
    return [(each.in_both, each.changed, each.new_alone, each.report_alone, each.shifted) for each in found]


def test_registered_people_are_counted_by_where_they_are(slot):
    take(slot, *joins("abc"), join(30, email="unknown@example.org"))

    new = [*joins("ab"), join(50, email="b@example.org"), *joins("d"), join(9, email="stranger@example.org")]

    assert difference(slot, *new) == [(2, 1, 1, 1, [])]


def test_who_was_there_outside_the_slot_alone_is_in_neither(slot):
    take(slot, *joins("a"), join(10, email="b@example.org", start=-12))

    assert difference(slot, *joins("a")) == [(1, 0, 0, 0, [])]


@pytest.mark.parametrize(("late", "shifted"), [(0, []), (1, []), (30, [0]), (-30, [0])])
def test_everybody_came_by_the_same_time_later(slot, late, shifted):
    take(slot, *joins("abcd", late=30))

    [(*_numbers, found)] = difference(slot, *joins("abcd", late=30 + late))

    assert found == shifted


def test_people_who_are_not_registered_show_the_shift_too(slot):
    take(slot, *joins("wxyz"))

    assert difference(slot, *joins("wxyz", late=30)) == [(0, 0, 0, 0, [0])]


def test_names_that_were_removed_are_nobody(slot):
    take(slot, *joins("wxyz"))
    for report in slot.attendance_reports.all():
        report.intervals.nobodys().forget()

    assert difference(slot, *(join(9, email="", name="", start=30 + number) for number in range(4))) == [
        (0, 0, 0, 0, [])
    ]


def test_questions_are_one(slot, django_assert_num_queries):
    reports = take(slot, *joins("abcd"), now=SLOT[1] + timedelta(days=1))
    visitors = matching.visitors(joins("abcd"), slot)

    with django_assert_num_queries(1):
        comparing.differences(visitors, 1, reports, slot)
