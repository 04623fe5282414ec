"""Erasing at the same moment as signing up, correcting, sending, or erasing once more; on PostgreSQL."""

from threading import Barrier

import pytest
from django.db import connection

from registrations.enrolment import own_details
from registrations.models import Message, Participant, Registration
from registrations.people import identification
from registrations.privacy import erasure
from tests.factories import (
    OccurrenceFactory,
)
from tests.support.races import just_before_the_lock, race
from tests.support.registrations.erasing import erase, somebody
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import NOW, details, register

pytestmark = pytest.mark.django_db(transaction=True)


def test_session_signed_up_for_just_before_the_lock_is_cancelled_too():
    [registration] = register(OccurrenceFactory())
    other = OccurrenceFactory(session__season=registration.session.season)

    with just_before_the_lock(lambda: register(other)):
        erase(registration.participant)

    assert not Registration.objects.active().exists()
    assert Message.objects.filter(kind="erased").count() == 2


def test_erased_twice_at_once_is_erased_once():
    assert connection.vendor == "postgresql"
    [registration] = register(OccurrenceFactory())

    race(4, lambda _number: erasure.erase(participant_id=registration.participant_id, now=NOW))

    assert Message.objects.filter(kind="erased").count() == 1
    assert Participant.objects.get().name == ""


def test_signing_up_while_erasing_never_gives_a_seat_to_nobody():
    slots = [OccurrenceFactory()]
    slots += [OccurrenceFactory(session__season=slots[0].session.season) for _ in range(3)]
    for round_number in range(5):
        name = f"Amina Nr {'abcde'[round_number]}"
        [registration] = register(slots[0], name=name)

        def act(number, name=name, person=registration.participant_id):
            if number == 0:
                return erasure.erase(participant_id=person, now=NOW)
            return register(slots[number], name=name)

        race(4, act)

    seated = Registration.objects.active().values_list("participant__anonymised_at", "participant__email")
    assert set(seated) <= {(None, "amina@example.org")}


def test_correcting_while_erasing_never_leaves_a_name():
    for number in range(8):
        person = somebody(name=f"Amina {number}", email=f"amina{number}@example.org")
        acts = [
            lambda person=person: erasure.erase(participant_id=person.pk, now=NOW),
            lambda person=person: own_details.correct(participant=person, details=details("Amina New"), now=NOW),
        ]
        race(2, lambda which, acts=acts: acts[which]())

    assert set(Participant.objects.values_list("name", flat=True)) == {""}


def test_erasing_while_a_mail_is_being_sent_sends_it_once_and_leaves_no_address(smtp_server):
    [registration] = register(OccurrenceFactory())
    in_the_middle, erased = Barrier(2), Barrier(2)

    def wait_in_the_middle(_mail):
        smtp_server.answer_mail = lambda _: None
        in_the_middle.wait(timeout=60)
        erased.wait(timeout=60)

    smtp_server.answer_mail = wait_in_the_middle

    def act(number):
        if number == 0:
            return send_waiting_mails()
        in_the_middle.wait(timeout=60)
        erasure.erase(participant_id=registration.participant_id, now=NOW)
        erased.wait(timeout=60)

    race(2, act)
    send_waiting_mails()

    assert [mail.message["Subject"].split(":")[0] for mail in smtp_server.mails][1:] == ["Data erased, cancelled"]
    assert len(smtp_server.mails) == 2
    assert set(Message.objects.values_list("recipient", "status")) == {("", "sent")}


def test_without_the_lock_a_sign_up_gives_a_seat_to_nobody(monkeypatch):
    """The proof that the race above can fail: the person is looked up, then erased, then seated."""
    slot = OccurrenceFactory()
    other = OccurrenceFactory(session__season=slot.session.season)
    [registration] = register(slot)

    def known_without_a_second_look(season, email, described):
        person = Participant.objects.get(mailbox=email)
        erasure.erase(participant_id=person.pk, now=NOW)
        return person, False

    monkeypatch.setattr(identification, "find_or_store", known_without_a_second_look)

    register(other)

    assert Registration.objects.active().get().participant_id == registration.participant_id
    assert Participant.objects.get(pk=registration.participant_id).email == ""
