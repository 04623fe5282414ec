"""Reports count, add up, replace each other and are undone; each registration has the seconds of those in force."""

from dataclasses import replace
from datetime import timedelta

import pytest

from registrations.attendance import importing, matching
from registrations.models import AttendanceInterval, AttendanceReport, Registration, StaffAction
from registrations.rescheduling import changes
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.registrations.attendance import SLOT, file, join, minutes, register, take

pytestmark = pytest.mark.django_db

NOW = SLOT[1] + timedelta(days=1)


@pytest.fixture
def slot():
    return OccurrenceFactory(starts_at=SLOT[0], ends_at=SLOT[1])


@pytest.fixture
def amina(slot):
    return register(slot, "Amina", "amina@example.org")


def test_each_registration_has_its_seconds_and_who_did_not_come_has_none(slot, amina):
    absent = RegistrationFactory(occurrence=slot)
    elsewhere = RegistrationFactory(occurrence=OccurrenceFactory(session=slot.session))

    take(slot, join(30), join(30, start=20))

    assert [minutes(each) for each in (amina, absent, elsewhere)] == [50, 0, None]


def test_who_was_there_though_they_sit_in_the_other_slot_has_the_seconds(slot):
    late = OccurrenceFactory(session=slot.session)
    moved = register(late, "Amina", "amina@example.org")

    take(slot, join(30))

    assert minutes(moved) == 30


def test_several_files_add_up_without_counting_a_minute_twice(slot, amina):
    take(slot, join(30))

    take(slot, join(30, start=20), digests="b")

    assert minutes(amina) == 50


def test_same_file_twice_is_refused_and_changes_nothing(slot, amina):
    take(slot, join(30))

    with pytest.raises(importing.ReadAlready):
        take(slot, join(90))

    assert (minutes(amina), AttendanceReport.objects.count()) == (30, 1)


def test_report_that_replaces_another_counts_alone_until_it_is_undone(slot, amina):
    [wrong] = take(slot, join(30))

    [right] = take(slot, join(60), digests="b", replaces=[wrong])
    assert minutes(amina) == 60

    importing.undo(report_id=right.pk, by=None, now=NOW)
    assert minutes(amina) == 30


def test_undone_report_counts_no_more_and_can_be_read_again(slot, amina):
    [report] = take(slot, join(30))

    importing.undo(report_id=report.pk, by=None, now=NOW)
    assert minutes(amina) is None

    take(slot, join(30))
    assert minutes(amina) == 30


def test_file_that_was_read_anew_comes_back_once(slot, amina):
    [wrong] = take(slot, join(30))
    [right] = take(slot, join(60), digests="b", replaces=[wrong])
    [anew] = take(slot, join(30))

    importing.undo(report_id=right.pk, by=None, now=NOW)

    assert list(AttendanceReport.objects.in_force()) == [anew]
    assert minutes(amina) == 30


def test_what_was_undone_is_not_undone_or_replaced_again(slot, amina):
    [report] = take(slot, join(30))
    importing.undo(report_id=report.pk, by=None, now=NOW)

    with pytest.raises(importing.ChangedMeanwhile):
        importing.undo(report_id=report.pk, by=None, now=NOW)
    with pytest.raises(importing.ChangedMeanwhile):
        take(slot, join(60), digests="b", replaces=[report])

    assert minutes(amina) is None


def test_decision_of_staff_gives_the_times_to_a_person(slot, amina):
    by_telephone = join(40, email="", name="iPhone")
    [visitor] = matching.visitors([by_telephone], slot)

    take(slot, by_telephone, decisions={visitor.key: amina.pk})

    [interval] = AttendanceInterval.objects.all()
    assert (minutes(amina), interval.decision) == (40, "staff")


def test_decision_for_somebody_of_another_session_is_nobody(slot, amina):
    stranger = RegistrationFactory()
    [visitor] = matching.visitors([join(40, email="")], slot)

    take(slot, join(40, email=""), decisions={visitor.key: stranger.pk})

    assert (minutes(stranger), minutes(amina)) == (None, 0)


def test_proposal_without_a_decision_stays_open(slot, amina):
    take(slot, join(40, email=""))

    [interval] = AttendanceInterval.objects.all()
    assert (interval.registration, interval.decision, minutes(amina)) == (None, "left open", 0)


def test_empty_report_says_that_nobody_came(slot, amina):
    take(slot)

    assert minutes(amina) == 0


def test_questions_do_not_grow_with_the_people(slot, django_assert_max_num_queries):
    people = [register(slot, f"Amina {letter}", f"{letter}@example.org") for letter in "abcdefghijklmnopqrst"]
    joins = [join(30, email=each.participant.email) for each in people]

    with django_assert_max_num_queries(20):
        take(slot, *joins)

    assert Registration.objects.filter(attended_seconds=1800).count() == len(people)


def test_what_was_done_is_on_record(slot, amina):
    [report] = take(slot, join(30))
    importing.undo(report_id=report.pk, by=None, now=NOW)

    assert list(StaffAction.objects.order_by("pk").values_list("action", "after", "before")) == [
        ("attendance-read", {"file": "report.csv", "people": 1}, {}),
        ("attendance-undone", {}, {"file": "report.csv"}),
    ]


def test_files_that_were_read_together_are_a_report_each(slot, amina):
    both = take(slot, join(30), join(30, start=20, file=1), digests="ab")
    assert minutes(amina) == 50

    importing.undo(report_id=both[0].pk, by=None, now=NOW)
    assert minutes(amina) == 30


def test_what_two_files_replaced_comes_back_with_the_last_of_them(slot, amina):
    [wrong] = take(slot, join(10))
    later = NOW + timedelta(hours=1)
    both = take(slot, join(30), join(30, start=20, file=1), digests="bc", replaces=[wrong], now=later)

    importing.undo(report_id=both[0].pk, by=None, now=NOW)
    assert minutes(amina) == 30

    importing.undo(report_id=both[1].pk, by=None, now=NOW)
    assert minutes(amina) == 10


def test_one_file_that_was_read_before_keeps_all_from_counting(slot, amina):
    take(slot, join(10))

    with pytest.raises(importing.ReadAlready):
        take(slot, join(30), join(30, start=20, file=1), digests="ba")

    assert (minutes(amina), AttendanceReport.objects.count()) == (10, 1)


@pytest.mark.parametrize("change", [{"ends_at": SLOT[1] + timedelta(minutes=5)}, {"reports": frozenset({1})}])
def test_other_times_or_reports_than_staff_saw_are_shown_anew(slot, change):
    seen = replace(importing.Seen.of(slot, []), **change)
    about = {"visitors": [], "decisions": {}, "by": None, "now": NOW}

    with pytest.raises(importing.ChangedMeanwhile):
        importing.take(occurrence_id=slot.pk, files=[file()], seen=seen, **about)

    assert not AttendanceReport.objects.exists()


def test_who_registers_later_for_a_slot_with_a_report_has_no_minutes_and_did_not_come(slot, amina):
    take(slot, join(30))
    late = register(slot, "Zoe", "zoe@example.org", joined_at=NOW)

    assert list(Registration.objects.came()) == [amina]

    take(slot, join(30, start=20), digests="b")
    assert minutes(late) == 0


def test_name_of_somebody_outside_the_slot_is_no_match(slot, amina):
    take(slot, join(10, email="", start=-12))

    assert AttendanceInterval.objects.get().registration is None


def test_slot_that_is_moved_counts_what_is_within_its_new_hours(slot, amina):
    take(slot, join(30), join(30, start=60))
    later, quarter = (SLOT[0] + timedelta(minutes=15), SLOT[1]), timedelta(minutes=15)

    change = changes.reschedule(occurrence_id=slot.pk, starts_at=later[0], ends_at=later[1] - quarter, now=NOW)
    assert minutes(amina) == 30

    changes.take_back(change_id=change.pk, now=SLOT[0] - timedelta(days=1))
    assert minutes(amina) == 60
