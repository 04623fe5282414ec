"""What a person's calendar holds after our mails, in the order they come and in any other."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from registrations.enrolment import enrolment
from registrations.mail import notices, outbox
from registrations.rescheduling import changes
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.calendars import CalendarStore
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db
NOW = datetime(2030, 9, 3, 8, 15, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


def test_invite_move_cancel_leaves_no_entry():
    registration = _invited()
    other = OccurrenceFactory(session=registration.session)
    store = CalendarStore()

    store.receive(*_mails())
    assert store.entries == {registration.uid: registration.occurrence.starts_at}

    enrolment.change_occurrence(registration_id=registration.pk, occurrence_id=other.pk, now=LATER)
    store.receive(*_mails())
    assert store.entries == {registration.uid: other.starts_at}

    enrolment.cancel(registration_id=registration.pk, now=LATER)
    store.receive(*_mails())
    assert store.entries == {}


def test_cancel_and_come_back_gives_one_entry_under_a_new_uid():
    registration = _invited()
    slot, person = registration.occurrence, registration.participant
    enrolment.cancel(registration_id=registration.pk, now=LATER)

    again = enrolment.add_session(participant=person, occurrence_id=slot.pk, now=LATER)

    store = CalendarStore()
    store.receive(*_mails())
    assert again.uid != registration.uid
    assert store.entries == {again.uid: slot.starts_at}


@pytest.mark.parametrize("order", first_always(map(list, permutations(range(3))), 2))
def test_last_of_two_quick_changes_wins_whatever_the_order_of_arrival(order):
    registration = _invited()
    _mails()
    _move(registration.occurrence, days=1)
    _mails()
    _move(registration.occurrence, days=2)
    mails = _mails()
    assert len(mails) == 3

    store = CalendarStore()
    store.receive(*(mails[index] for index in order))

    assert store.entries == {registration.uid: registration.occurrence.starts_at + timedelta(days=2)}


def test_mail_sent_twice_is_one_entry():
    registration = _invited()
    [mail], [again] = _mails(), _mails()

    store = CalendarStore()
    store.receive(mail, again)

    assert bytes(mail.octets) == bytes(again.octets)
    assert store.entries == {registration.uid: registration.occurrence.starts_at}


def test_five_sessions_are_five_entries():
    person = ParticipantFactory()
    registrations = RegistrationFactory.create_batch(5, participant=person)

    outbox.post(notices.confirmation(person, registrations, now=NOW))

    store = CalendarStore()
    store.receive(*_mails())
    assert len(_mails()) == 6
    assert store.entries == {registration.uid: registration.occurrence.starts_at for registration in registrations}


def test_two_people_behind_one_mailbox_have_an_entry_each():
    first = _invited(participant__email="ministry@example.net")
    second = _invited(occurrence=first.occurrence, participant__email="ministry@example.net")

    enrolment.cancel(registration_id=first.pk, now=LATER)

    store = CalendarStore()
    store.receive(*_mails())
    assert store.entries == {second.uid: second.occurrence.starts_at}


def test_called_off_slot_leaves_and_comes_back_when_the_person_takes_the_other_one():
    registration = _invited()
    other = OccurrenceFactory(session=registration.session)
    store = CalendarStore()

    changes.call_off(occurrence_id=registration.occurrence_id, now=LATER)
    store.receive(*_mails())
    assert store.entries == {}

    enrolment.change_occurrence(registration_id=registration.pk, occurrence_id=other.pk, now=LATER)
    store.receive(*_mails())
    assert store.entries == {registration.uid: other.starts_at}


def test_slot_moved_twice_while_the_mails_wait_is_told_once_with_the_time_that_people_knew():
    registration = _invited()
    _mails()
    known = registration.occurrence.starts_at
    _move(registration.occurrence, days=1)
    _move(registration.occurrence, days=2)

    _first, mail = _mails()

    store = CalendarStore()
    store.receive(mail)
    assert store.entries == {registration.uid: known + timedelta(days=2)}
    assert mail.known_starts_at == known


def test_called_off_and_revived_is_one_entry_again():
    registration = _invited()
    store = CalendarStore()
    changes.call_off(occurrence_id=registration.occurrence_id, now=LATER)
    store.receive(*_mails())
    assert store.entries == {}

    changes.revive(occurrence_id=registration.occurrence_id, now=LATER)

    store.receive(*_mails())
    assert store.entries == {registration.uid: registration.occurrence.starts_at}


def _invited(**fields):
    registration = RegistrationFactory(**fields)
    outbox.post(notices.confirmation(registration.participant, [registration], now=NOW))
    return registration


def _move(slot, *, days):
    shift = timedelta(days=days)
    starts_at, ends_at = slot.starts_at + shift, slot.ends_at + shift
    changes.reschedule(occurrence_id=slot.pk, starts_at=starts_at, ends_at=ends_at, now=LATER)


def _mails():
    return send_waiting_mails()
