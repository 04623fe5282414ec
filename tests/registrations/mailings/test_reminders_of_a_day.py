"""What several sessions of a day tell a person is one mail, and nobody hears of a session twice, or not at all."""

from datetime import timedelta

import pytest

from registrations.enrolment import enrolment, preferences
from registrations.mail import composing
from registrations.mail.exceptions import Outdated
from registrations.models import Message, ReminderRound
from registrations.rescheduling import changes
from tests.factories import ParticipantFactory, RegistrationFactory
from tests.support.registrations.reminding import HOUR, MINUTE, STARTS_AT, leaving, post, run_clock, seats, slot_after

pytestmark = pytest.mark.django_db
LAST_CHANGE = STARTS_AT - 20 * HOUR


@pytest.fixture
def person():
    return ParticipantFactory()


def move(registration, by, now):
    slot = registration.occurrence
    slot.refresh_from_db()
    times = {"starts_at": slot.starts_at + by, "ends_at": slot.ends_at + by}
    changes.reschedule(occurrence_id=slot.pk, now=now, **times)


# Which are one mail


def test_three_sessions_of_a_day_are_one_mail_each_day_before_and_one_each_in_the_last_hour(person):
    first, second, third = seats(person, 0, 3, 8)

    assert run_clock(80, until=-9) == [
        (72, 72, [first, second, third]),
        (24, 24, [first, second, third]),
        (1, 1, [first]),
        (-2, 1, [second]),
        (-7, 1, [third]),
    ]


def test_day_is_that_of_the_person():
    nairobi = ParticipantFactory()
    auckland = ParticipantFactory(season=nairobi.season, timezone="Pacific/Auckland")
    first, second = seats(nairobi, 0, 5)
    evening, after_midnight = [
        RegistrationFactory(participant=auckland, occurrence=each.occurrence) for each in (first, second)
    ]

    assert run_clock(24, until=18) == [(24, 24, [evening]), (24, 24, [first, second]), (19, 24, [after_midnight])]


def test_sessions_of_two_days_are_two_mails(person):
    tuesday, wednesday = seats(person, 13, 14)

    assert run_clock(24, until=9) == [(11, 24, [tuesday]), (10, 24, [wednesday])]


@pytest.mark.parametrize(("minutes", "together"), [(0, True), (30, True), (59, True), (60, False)])
def test_in_the_last_hour_only_those_that_start_within_an_hour_are_one_mail(person, minutes, together):
    slots = [slot_after(person.season, minutes=after) for after in (0, minutes)]
    both = [
        RegistrationFactory(participant=person, occurrence=slot, registered_at=STARTS_AT - 2 * HOUR) for slot in slots
    ]

    left = run_clock(1, until=-1, step=15)

    assert left == ([(1, 1, both)] if together else [(1, 1, both[:1]), (0, 1, both[1:])])


def test_who_has_one_of_the_sessions_gets_a_mail_about_that_one(person):
    first, second = seats(person, 0, 3)
    other = RegistrationFactory(occurrence=second.occurrence, participant=ParticipantFactory(season=person.season))

    assert run_clock(24, until=20) == [(24, 24, [first, second]), (21, 24, [other])]
    assert list(ReminderRound.objects.order_by("pk").values_list("occurrence", "people")) == [
        (first.occurrence_id, 1),
        (second.occurrence_id, 1),
    ]


def test_session_of_another_season_is_another_person(person):
    [first] = seats(person, 0)
    [other] = seats(ParticipantFactory(email=person.email), 3)

    assert run_clock(24, until=20) == [(24, 24, [first]), (21, 24, [other])]


@pytest.mark.parametrize("state", ["waitlisted", "cancelled"])
def test_session_without_a_seat_is_not_in_the_mail(person, state):
    first, _without = [*seats(person, 0), *seats(person, 3, status=state)]

    assert run_clock(24, until=20) == [(24, 24, [first])]


# What changes before the mail leaves


def test_session_called_off_before_the_mail_leaves_is_not_in_it(person):
    first, second, third = seats(person, 0, 3, 8)
    post(hours=24)

    changes.call_off(occurrence_id=second.occurrence_id, now=STARTS_AT - 24 * HOUR)
    while_it_can_be_taken_back = leaving(STARTS_AT - 24 * HOUR + MINUTE)
    Message.objects.filter(kind="called_off").update(status="sent", sent_at=STARTS_AT - 24 * HOUR + 11 * MINUTE)

    assert while_it_can_be_taken_back == []
    assert leaving(STARTS_AT - 24 * HOUR + 12 * MINUTE) == [(24, [first, third])]


def test_when_one_is_left_the_mail_has_the_words_of_a_single_reminder(person):
    first, second = seats(person, 0, 3)
    post(hours=24)

    enrolment.cancel(registration_id=first.pk, now=STARTS_AT - 24 * HOUR)

    mail = Message.objects.get(kind="reminders")
    composing.prepare(mail, now=STARTS_AT - 24 * HOUR)
    assert mail.subject == f"Tomorrow, Tue 8 Oct, 13:00 (UTC+3): {second.session.title}"


def test_when_none_is_left_no_mail_leaves(person):
    for registration in seats(person, 0, 3):
        post(hours=24)
        enrolment.cancel(registration_id=registration.pk, now=STARTS_AT - 24 * HOUR)

    with pytest.raises(Outdated, match="None of these sessions"):
        composing.prepare(Message.objects.get(kind="reminders"), now=STARTS_AT - 24 * HOUR)


@pytest.mark.parametrize("wanted", [[], [72, 1]])
def test_who_wants_this_reminder_no_more_gets_none(person, wanted):
    seats(person, 0, 3)
    post(hours=24)

    preferences.choose_reminders(participant=person, wanted=wanted)

    assert leaving(STARTS_AT - 24 * HOUR) == []


def test_who_does_not_want_this_reminder_is_not_told_of_any(person):
    registrations = seats(person, 0, 3)
    preferences.choose_reminders(participant=person, wanted=[1])

    assert run_clock(73, until=-4) == [(1, 1, registrations[:1]), (-2, 1, registrations[1:])]


def test_mail_that_had_to_wait_tells_of_those_whose_next_reminder_is_not_near(person):
    _first, second, third = seats(person, 0, 6, 8)
    post(hours=24)

    assert leaving(STARTS_AT - HOUR) == [(24, [second, third])]


# What changes after the mail has left


def test_slot_moved_after_the_mail_is_reminded_of_its_new_time_and_the_others_not_again(person):
    first, second, third = seats(person, 0, 3, 8)
    assert run_clock(24, until=23) == [(24, 24, [first, second, third])]

    move(second, timedelta(days=2), now=STARTS_AT - 23 * HOUR)

    assert run_clock(22, until=-40) == [
        (21, 72, [second]),
        (1, 1, [first]),
        (-7, 1, [third]),
        (-27, 24, [second]),
    ]


def test_slot_moved_within_the_day_has_just_been_told_by_the_mail_about_the_change(person):
    _first, second = seats(person, 0, 3)
    run_clock(24, until=23)

    move(second, 2 * HOUR, now=STARTS_AT - 15 * HOUR)

    assert run_clock(15, until=2) == []


def test_slot_moved_away_and_back_is_not_told_again(person):
    registrations = seats(person, 0, 3)
    assert run_clock(24, until=23) == [(24, 24, registrations)]

    for by in (timedelta(days=2), timedelta(days=-2)):
        move(registrations[1], by, now=STARTS_AT - 23 * HOUR)

    assert run_clock(22, until=2) == []


def test_session_added_after_the_mail_has_its_own_when_that_is_due(person):
    registrations = seats(person, 0, 3)
    assert run_clock(24, until=23) == [(24, 24, registrations)]

    [added] = seats(person, 8, registered_at=STARTS_AT - 23 * HOUR)

    assert run_clock(22, until=2) == [(16, 24, [added])]


def test_who_takes_another_slot_of_the_session_is_reminded_of_that(person):
    first, second = seats(person, 0, 3)
    run_clock(24, until=23)
    other = slot_after(person.season, days=3)
    other.session = second.session
    other.save()

    enrolment.change_occurrence(registration_id=second.pk, occurrence_id=other.pk, now=STARTS_AT - 22 * HOUR)

    assert run_clock(21, until=-60) == [(1, 1, [first]), (0, 72, [second]), (-48, 24, [second])]


def test_who_comes_back_to_a_session_is_reminded_of_it(person):
    _first, second = seats(person, 0, 8)
    run_clock(24, until=23)

    enrolment.cancel(registration_id=second.pk, now=STARTS_AT - 22 * HOUR)
    again = enrolment.add_session(participant=person, occurrence_id=second.occurrence_id, now=STARTS_AT - 21 * HOUR)

    assert run_clock(20, until=2) == [(16, 24, [again])]


# Changes of staff that are under way


def test_slot_that_has_just_been_moved_into_the_day_is_told_by_its_own_mail_and_reminded_of_later(person):
    [first], [moved] = seats(person, 0), seats(person, 80)
    move(moved, timedelta(hours=-72), now=STARTS_AT - 24 * HOUR)

    assert run_clock(24, until=2) == [(24, 24, [first]), (16, 24, [moved])]


@pytest.mark.usefixtures("many_people")
def test_slot_whose_change_is_being_prepared_is_not_given_away(person):
    [first], [moved] = seats(person, 0), seats(person, 80)
    move(moved, timedelta(hours=-72), now=STARTS_AT - 25 * HOUR)

    assert run_clock(24, until=20) == [(24, 24, [first])]


# What is stored


def test_each_session_has_a_row_that_says_in_which_mail_it_is(person):
    registrations = seats(person, 0, 3)

    assert post(hours=24) == 1

    mail, *rows = Message.objects.order_by("pk")
    assert (mail.kind, mail.registration, mail.participant, mail.status) == ("reminders", None, person, "queued")
    assert [(row.kind, row.registration, row.status, row.said_in) for row in rows] == [
        ("reminder", registration, "included", mail) for registration in registrations
    ]
    assert mail.expires_at == max(row.expires_at for row in rows)


def test_round_costs_the_same_for_one_and_for_thirty_people(django_assert_max_num_queries):
    counts = []
    for number in (1, 30):
        slots = [registration.occurrence for registration in seats(ParticipantFactory(), 0, 3)]
        for person in ParticipantFactory.create_batch(number, season=slots[0].session.season):
            for slot in slots:
                RegistrationFactory(participant=person, occurrence=slot)
        with django_assert_max_num_queries(18) as captured:
            assert post(hours=24) == number + 1
        counts.append(len(captured))

    assert counts[0] == counts[1]
