"""Places given back: the seat if one is free, else the front of the list; and what people hear of it."""

from datetime import timedelta

import pytest

from registrations.models import Message, Registration, StaffAction
from registrations.privacy import erasure
from registrations.seat_removals import returning
from registrations.seats import counters
from sessions.models import Occurrence
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.removing import FAKE, take_away
from tests.support.registrations.signing_up import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)


def give_back(removal, now=LATER):
    return returning.give_back(removal_id=removal.pk, by=None, now=now)


def seated(slot, number):
    return [RegistrationFactory(occurrence=slot) for _ in range(number)]


def listed(slot, number):
    since = [NOW - timedelta(minutes=number - each) for each in range(number)]
    return [RegistrationFactory(occurrence=slot, status="waitlisted", waiting_since=each) for each in since]


def in_line(slot):
    return list(Registration.objects.waiting().filter(occurrence=slot))


def test_seat_that_is_free_is_theirs_again():
    slot = OccurrenceFactory(capacity=2)
    one, _two = seated(slot, 2)

    returned = give_back(take_away(one))

    one.refresh_from_db()
    assert returned == returning.Returned(seated=1, waiting=0, left=0)
    assert (one.status, one.cancelled_at, one.removal, one.is_barred) == ("confirmed", None, None, False)
    assert list(counters.wrong(Occurrence.objects.all())) == []


def test_front_of_the_list_where_others_have_moved_up_the_earlier_sign_up_first():
    slot = OccurrenceFactory(capacity=2)
    one, two = seated(slot, 2)
    third, fourth, fifth = listed(slot, 3)

    returned = give_back(take_away(two, one))

    assert returned == returning.Returned(seated=0, waiting=2, left=0)
    assert in_line(slot) == [one, two, fifth]
    assert {*Registration.objects.confirmed()} == {third, fourth}
    assert list(counters.wrong(Occurrence.objects.all())) == []


def test_who_waited_has_the_old_place_in_the_list():
    slot = OccurrenceFactory(capacity=1)
    seated(slot, 1)
    first, second, third = listed(slot, 3)

    give_back(take_away(second))

    assert in_line(slot) == [first, second, third]


def test_nobody_hears_of_what_was_undone_in_time():
    slot = OccurrenceFactory(capacity=2)
    [one] = seated(slot, 1)

    give_back(take_away(one))

    assert [mail.status for mail in Message.objects.filter(registration=one)] == [Message.Status.DROPPED]


@pytest.mark.parametrize("told", [{}, {"is_told": False, "reason": FAKE}])
def test_who_has_heard_of_it_or_lost_a_mail_hears_that_they_are_registered(told, smtp_server):
    [one] = seated(OccurrenceFactory(), 1)
    removal = take_away(one, **told)
    send_waiting_mails()

    give_back(removal)

    last = send_waiting_mails()[-1]
    assert (last.kind, last.registration) == ("confirmation", one)


def test_outlook_says_what_giving_back_does():
    slot = OccurrenceFactory(capacity=3)
    one, two, _three = seated(slot, 3)
    _moves_up, waits = listed(slot, 2)
    removal = take_away(one, two, waits)
    Message.objects.filter(registration=waits).update(status=Message.Status.SENT, sent_at=NOW)

    outlook = returning.outlook(removal, now=LATER)

    returned = give_back(removal)
    assert [outlook.seated, outlook.waiting, outlook.told] == [[one], [two, waits], [two, waits]]
    assert (returned.seated, returned.waiting) == (1, 2)
    mailed = Message.objects.filter(queued_at=LATER).values_list("registration", flat=True)
    assert {*mailed} == {two.pk, waits.pk}


def test_outlook_asks_as_much_for_many_as_for_one(django_assert_num_queries):
    slot = OccurrenceFactory()
    [one], many = seated(slot, 1), seated(slot, 3)
    of_one, of_many = take_away(one), take_away(*many)

    for removal in (of_one, of_many):
        with django_assert_num_queries(3):
            returning.outlook(removal, now=LATER)


def test_called_off_over_erased_and_back_by_themselves_stay_as_they_are():
    [gone, called_off, over, back] = (RegistrationFactory() for _ in range(4))
    removal = take_away(gone, called_off, over, back, may_return=True)
    Occurrence.objects.filter(pk=called_off.occurrence_id).update(called_off_at=NOW)
    Occurrence.objects.filter(pk=over.occurrence_id).update(starts_at=NOW - timedelta(hours=2), ends_at=NOW)
    RegistrationFactory(occurrence=back.occurrence, participant=back.participant)
    erasure.erase(participant_id=gone.participant_id, now=NOW)

    returned = give_back(removal)

    assert returned == returning.Returned(seated=0, waiting=0, left=4)
    assert list(counters.wrong(Occurrence.objects.all())) == []


def test_giving_back_twice_is_refused():
    removal = take_away(*seated(OccurrenceFactory(), 1))
    give_back(removal)

    with pytest.raises(returning.GivenBackAlready):
        give_back(removal)

    assert StaffAction.objects.filter(action="places-given-back").count() == 1
