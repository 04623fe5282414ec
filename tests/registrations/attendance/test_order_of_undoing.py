"""Reports replace each other and are undone, in whatever order: what then counts is what nobody has replaced."""

from datetime import timedelta

import pytest

from registrations.attendance import importing
from registrations.models import AttendanceReport
from tests.factories import OccurrenceFactory
from tests.support.registrations.attendance import SLOT, join, minutes, register, take

pytestmark = pytest.mark.django_db
NOW = SLOT[1] + timedelta(days=1)
# Minutes of Amina by each report, one after the other, so that their sum says which of them count.
TIMES = {"a": (0, 10), "b": (20, 20), "c": (45, 5), "d": (55, 15)}


@pytest.fixture
def amina():
    slot = OccurrenceFactory(starts_at=SLOT[0], ends_at=SLOT[1])
    return register(slot, "Amina", "amina@example.org")


def do(slot, steps):
    """ "bc>a" reads b and c together instead of a, "-b" undoes b; each an hour after the one before."""
    reports = {}
    for number, step in enumerate(steps.split()):
        now = NOW + timedelta(hours=number)
        if step.startswith("-"):
            importing.undo(report_id=reports[step[1:]].pk, by=None, now=now)
            continue
        letters, _instead, old = step.partition(">")
        joins = [
            join(TIMES[letter][1], start=TIMES[letter][0], file=position) for position, letter in enumerate(letters)
        ]
        replaces = [reports[letter] for letter in old]
        reports |= zip(letters, take(slot, *joins, digests=letters, replaces=replaces, now=now), strict=True)
    in_force = set(AttendanceReport.objects.in_force())
    return "".join(sorted(letter for letter, report in reports.items() if report in in_force))


@pytest.mark.parametrize(
    ("steps", "counting"),
    [
        ("a bc>a -b -c", "a"),
        ("a bc>a -c -b", "a"),
        ("a bc>a -c", "b"),
        ("a b>a c>b -c", "b"),
        ("a b>a c>b -c -b", "a"),
        ("a b>a c -b", "ac"),
        ("a b>a c -c -b", "a"),
        ("a b c>a d>bc -d", "bc"),
        ("a b c>a d>bc -d -c", "ab"),
        ("a bc>a d>b -c", "d"),
        ("a bc>a d>b -c -d", "b"),
        ("a bc>a d>b -c -d -b", "a"),
        ("a bc>a d>b -d -c -b", "a"),
        ("a bc>a -b d>c -d", "c"),
        ("a bc>a -b d>c -d -c", "a"),
        ("a b>a -b c>a -c", "a"),
    ],
)
def test_what_counts_after_replacing_and_undoing(amina, steps, counting):
    assert do(amina.occurrence, steps) == counting
    assert minutes(amina) == sum(TIMES[letter][1] for letter in counting)


def test_report_that_was_read_anew_stays_alone_when_both_are_undone(amina):
    slot = amina.occurrence
    [wrong] = take(slot, join(30))
    [right] = take(slot, join(60), digests="b", replaces=[wrong], now=NOW + timedelta(hours=1))
    [anew] = take(slot, join(30), now=NOW + timedelta(hours=2))

    for report in (right, anew):
        importing.undo(report_id=report.pk, by=None, now=NOW)

    assert (minutes(amina), AttendanceReport.objects.filter(replaced_by__isnull=False).count()) == (None, 0)
