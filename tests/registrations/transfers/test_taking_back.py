"""People who were moved go back to where they were, as far as that is possible, and staff see it before."""

from datetime import timedelta

import pytest

from registrations.enrolment import enrolment
from registrations.models import Registration, StaffAction
from registrations.privacy import erasure
from registrations.seats import counters
from registrations.transfers import outlook, taking_back
from registrations.transfers.outlook import Outcome
from sessions.models import Occurrence
from tests.factories import OccurrenceFactory
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import NOW
from tests.support.registrations.transferring import kinds_to, move, sign_up, state, take_back, two_slots

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(minutes=1)
LATER = NOW + timedelta(minutes=2)


def outcomes(transfer, now=LATER):
    return {turn.moved.registration.participant.name: turn.outcome for turn in outlook.of(transfer, now=now).turns}


def test_in_time_all_have_what_they_had_and_nobody_hears_of_it(smtp_server):
    here, there = two_slots(first=2, second=5)
    seated, waiting = sign_up(here, "Ana", "Ben"), sign_up(here, "Cleo", "Dan")
    send_waiting_mails()
    before = state(here, there)
    transfer = move(waiting, there, now=SOON)

    take_back(transfer, now=LATER)

    send_waiting_mails()
    assert state(here, there) == before
    assert list(Registration.objects.waiting().filter(occurrence=here)) == waiting
    assert kinds_to(*seated, *waiting) == [["confirmation"], ["confirmation"], ["waitlisted"], ["waitlisted"]]


def test_where_no_seat_is_free_people_stay_and_hear_of_the_move(smtp_server):
    here, there = two_slots(first=2)
    ana, ben = sign_up(here, "Ana", "Ben")
    [waits] = sign_up(here, "Cleo")
    send_waiting_mails()
    transfer = move([ana, ben], there, now=SOON)

    assert outcomes(transfer) == {"Ana": Outcome.SEAT, "Ben": Outcome.FULL}
    take_back(transfer, now=LATER)

    send_waiting_mails()
    assert state(here, there) == [
        ([("Ana", "confirmed"), ("Cleo", "confirmed")], 2, 0),
        ([("Ben", "confirmed")], 1, 0),
    ]
    assert kinds_to(ana, ben, waits) == [
        ["confirmation"],
        ["confirmation", "slot_changed_by_staff"],
        ["waitlisted", "promoted"],
    ]


def test_who_waited_keeps_the_seat_once_they_have_heard_of_it(smtp_server):
    here, there = two_slots(first=1)
    sign_up(here, "Ana")
    [waits] = sign_up(here, "Ben")
    transfer = move([waits], there, now=SOON)
    send_waiting_mails()

    assert outcomes(transfer) == {"Ben": Outcome.HAS_HEARD}
    with pytest.raises(taking_back.NobodyGoesBack):
        take_back(transfer, now=LATER)


def test_who_waited_moves_up_where_a_seat_has_come_free(smtp_server):
    here, there = two_slots(first=1)
    [ana], [ben, cleo] = sign_up(here, "Ana"), sign_up(here, "Ben", "Cleo")
    send_waiting_mails()
    transfer = move([ben, cleo], there, now=SOON)
    enrolment.cancel(registration_id=ana.pk, now=SOON)

    assert outlook.of(transfer, now=LATER).moving_up == 1
    take_back(transfer, now=LATER)

    send_waiting_mails()
    assert state(here, there) == [([("Ben", "confirmed"), ("Cleo", "waitlisted")], 1, 1), ([], 0, 0)]
    assert kinds_to(ben, cleo) == [["waitlisted", "promoted"], ["waitlisted"]]


def test_seats_that_come_free_go_to_who_waits_for_them():
    here, there = two_slots(second=1)
    [ana] = sign_up(here, "Ana")
    transfer = move([ana], there, now=SOON)
    [waits] = sign_up(there, "Ben")

    assert outlook.of(transfer, now=LATER).moving_up == 1
    take_back(transfer, now=LATER)

    waits.refresh_from_db()
    assert (waits.status, state(there)) == ("confirmed", [([("Ben", "confirmed")], 1, 0)])


def cancels(ana, here, there):
    enrolment.cancel(registration_id=ana.pk, now=SOON + timedelta(seconds=1))


def erases(ana, here, there):
    erasure.erase(participant_id=ana.participant_id, now=SOON + timedelta(seconds=1))


def goes_back_and_comes_again(ana, here, there):
    for slot in (here, there):
        at = SOON + timedelta(seconds=1)
        enrolment.change_occurrence(registration_id=ana.pk, occurrence_id=slot.pk, now=at)


def is_moved_on(ana, here, there):
    move([ana], OccurrenceFactory(session=here.session), now=SOON)


def is_moved_back_and_again(ana, here, there):
    move([ana], here, now=SOON)
    move([ana], there, now=SOON)


def slot_before_is_called_off(ana, here, there):
    Occurrence.objects.filter(pk=here.pk).update(called_off_at=SOON)


def slot_before_is_over(ana, here, there):
    Occurrence.objects.filter(pk=here.pk).update(starts_at=NOW - timedelta(hours=1), ends_at=NOW)


def slot_before_is_deleted(ana, here, there):
    here.delete()


def slot_is_over(ana, here, there):
    Occurrence.objects.filter(pk=there.pk).update(starts_at=NOW - timedelta(hours=1), ends_at=NOW)


@pytest.mark.parametrize(
    ("happens", "outcome"),
    [
        (cancels, Outcome.LEFT),
        (erases, Outcome.LEFT),
        (goes_back_and_comes_again, Outcome.ELSEWHERE),
        (is_moved_on, Outcome.ELSEWHERE),
        (is_moved_back_and_again, Outcome.ELSEWHERE),
        (slot_before_is_called_off, Outcome.CLOSED),
        (slot_before_is_over, Outcome.CLOSED),
        (slot_before_is_deleted, Outcome.CLOSED),
        (slot_is_over, Outcome.OVER),
    ],
)
def test_who_cannot_go_back_stays_as_they_are(happens, outcome):
    here, there = two_slots()
    [ana] = sign_up(here, "Ana")
    transfer = move([ana], there, now=SOON)
    happens(ana, here, there)
    ana.refresh_from_db()

    turns = outlook.of(transfer, now=LATER).turns

    assert [turn.outcome for turn in turns] == [outcome]
    with pytest.raises(taking_back.NobodyGoesBack):
        take_back(transfer, now=LATER)
    assert Registration.objects.get(pk=ana.pk).sequence == ana.sequence


def test_slot_that_was_called_off_is_left_for_the_one_before():
    here, there = two_slots()
    [ana] = sign_up(here, "Ana")
    transfer = move([ana], there, now=SOON)
    Occurrence.objects.filter(pk=there.pk).update(called_off_at=SOON)

    assert outcomes(transfer) == {"Ana": Outcome.SEAT}


def test_what_changed_since_it_was_shown_is_noticed_and_nobody_goes_back():
    here, there = two_slots()
    people = sign_up(here, "Ana", "Ben")
    transfer = move(people, there, now=SOON)
    shown = outlook.of(transfer, now=LATER).fingerprint
    enrolment.cancel(registration_id=people[0].pk, now=SOON)
    before = state(here, there)

    with pytest.raises(taking_back.ChangedMeanwhile):
        take_back(transfer, shown=shown, now=LATER)

    assert state(here, there) == before


def test_taking_back_twice_is_refused():
    here, there = two_slots()
    transfer = move(sign_up(here, "Ana"), there, now=SOON)
    take_back(transfer, now=LATER)

    with pytest.raises(taking_back.TakenBackAlready):
        take_back(transfer, now=LATER)

    assert list(counters.wrong(Occurrence.objects.all())) == []


def test_it_is_on_the_audit_log_in_numbers_and_on_the_trail_of_each_person():
    here, there = two_slots(first=2)
    ana, ben = sign_up(here, "Ana", "Ben")
    sign_up(here, "Cleo")
    transfer = move([ana, ben], there, now=SOON)

    take_back(transfer, now=LATER)

    [of_all] = StaffAction.objects.filter(action="people-moved-back")
    [of_ana] = StaffAction.objects.filter(action="person-moved-back")
    numbers = {"moved_back": 1, "on_the_waiting_list": 0, "stay": 1, "mails": 0, "moved_up": 0}
    assert (of_all.object_id, of_all.after) == (there.pk, numbers)
    assert (of_ana.object_id, of_ana.after) == (ana.pk, {"occurrence": str(here)})


def test_outlook_asks_as_much_for_many_as_for_one(django_assert_max_num_queries):
    here, there = two_slots()
    of_one = move(sign_up(here, "Ana"), there, now=SOON)
    of_many = move(sign_up(here, "Ben", "Cleo", "Dan"), there, now=SOON)

    for transfer in (of_one, of_many):
        with django_assert_max_num_queries(6):
            outlook.of(transfer, now=LATER)
