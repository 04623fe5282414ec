"""Staff move people to another slot: all or nobody, no seat is lost, and who waits moves up."""

import pytest

from registrations.enrolment import enrolment
from registrations.enrolment.refusals import NoSeatLeft, RegistrationClosed
from registrations.models import Message, Registration, StaffAction
from registrations.transfers import moving
from tests.factories import OccurrenceFactory
from tests.support.calendars import CalendarStore
from tests.support.registrations.changes import move as move_slot
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import NOW
from tests.support.registrations.transferring import move, plan, sign_up, state, two_slots

pytestmark = pytest.mark.django_db


def test_people_have_seats_in_the_other_slot_and_who_waited_moves_up():
    here, there = two_slots(first=2, second=5)
    seated, waiting = sign_up(here, "Ana", "Ben"), sign_up(here, "Cleo", "Dan")

    planned = plan([seated[0], waiting[1]], there)

    done = move([seated[0], waiting[1]], there)

    assert state(here, there) == [
        ([("Ben", "confirmed"), ("Cleo", "confirmed")], 2, 0),
        ([("Ana", "confirmed"), ("Dan", "confirmed")], 2, 0),
    ]
    assert (done.people, planned.moving_up) == (2, 1)


def test_each_is_told_once_in_words_that_say_who_did_it(smtp_server):
    here, there = two_slots(first=1)
    people = [*sign_up(here, "Ana"), *sign_up(here, "Ben")]
    send_waiting_mails()

    move(people, there)

    sent = {mail.recipient: mail for mail in send_waiting_mails()}
    assert {name: mail.kind for name, mail in sent.items()} == {
        "ana@example.org": "slot_changed_by_staff",
        "ben@example.org": "confirmation",
    }
    said = bytes(sent["ana@example.org"].octets).decode()
    store = CalendarStore()
    store.receive(*Message.objects.filter(participant=people[0].participant).order_by("pk"))
    assert "Your new time slot" in sent["ana@example.org"].subject
    assert list(store.entries.values()) == [there.starts_at]
    assert "changed on your page" not in said


@pytest.mark.parametrize("capacity", [1, 0])
def test_where_not_all_have_a_seat_nobody_moves(capacity):
    here, there = two_slots(second=capacity)
    people = sign_up(here, "Ana", "Ben")
    before, mails = state(here, there), Message.objects.count()

    with pytest.raises(NoSeatLeft):
        move(people, there)

    assert plan(people, there).lacking == 2 - capacity
    assert (state(here, there), Message.objects.count()) == (before, mails)


def test_seats_that_others_wait_for_are_not_given_away():
    here, there = two_slots(second=1)
    sign_up(there, "First", "Waits")
    [ana] = sign_up(here, "Ana")

    with pytest.raises(NoSeatLeft):
        move([ana], there)


def test_who_is_there_already_or_has_cancelled_stays_as_they_are():
    here, there = two_slots()
    [ana, ben], [there_already] = sign_up(here, "Ana", "Ben"), sign_up(there, "Cleo")
    enrolment.cancel(registration_id=ben.pk, now=NOW)

    done = move([ana, ben, there_already], there)

    assert [each.registration.participant.name for each in done.moved.all()] == ["Ana"]
    assert Registration.objects.get(pk=there_already.pk).sequence == 0
    assert Registration.objects.get(pk=ben.pk).is_cancelled


def test_people_of_another_session_do_not_come_along():
    here, there = two_slots()
    [ana], [other] = sign_up(here, "Ana"), sign_up(OccurrenceFactory(session__season=here.session.season), "Ben")

    move([ana, other], there)

    assert Registration.objects.get(pk=other.pk).occurrence_id == other.occurrence_id


def cancels(ana, here, there):
    enrolment.cancel(registration_id=ana.pk, now=NOW)


def moves_alone(ana, here, there):
    enrolment.change_occurrence(registration_id=ana.pk, occurrence_id=there.pk, now=NOW)


def somebody_waits(ana, here, there):
    sign_up(here, "Late")


def staff_move_the_slot(ana, here, there):
    move_slot(there, now=NOW)


@pytest.mark.parametrize("happens", [cancels, moves_alone, somebody_waits, staff_move_the_slot])
def test_what_changed_since_it_was_shown_is_noticed_and_nobody_moves(happens):
    here, there = two_slots(first=2)
    people = sign_up(here, "Ana", "Ben")
    shown = plan(people, there).fingerprint
    happens(people[0], here, there)
    before = state(here, there)

    with pytest.raises(moving.ChangedMeanwhile):
        move(people, there, shown=shown)

    assert state(here, there) == before


def test_nobody_moves_into_a_slot_that_was_called_off():
    here, there = two_slots()
    people = sign_up(here, "Ana")
    type(there).objects.filter(pk=there.pk).update(called_off_at=NOW)

    with pytest.raises(RegistrationClosed):
        move(people, there)


def test_it_is_on_the_audit_log_in_numbers_alone():
    here, there = two_slots(first=1)
    people = sign_up(here, "Ana", "Ben")

    move(people[:1], there)

    [action] = StaffAction.objects.filter(action="people-moved")
    assert (action.object_id, action.after) == (there.pk, {"people": 1, "mails": 1, "moved_up": 1})


def test_it_is_on_the_trail_of_each_person_with_both_slots():
    here, there = two_slots(first=2)
    people = sign_up(here, "Ana", "Ben")

    move(people, there)

    actions = StaffAction.objects.filter(action="person-moved").order_by("object_id")
    assert [(each.kind, each.object_id) for each in actions] == [
        ("registrations.registration", person.pk) for person in people
    ]
    assert [(each.before, each.after) for each in actions] == [
        ({"occurrence": str(here)}, {"occurrence": str(there)}) for _person in people
    ]
