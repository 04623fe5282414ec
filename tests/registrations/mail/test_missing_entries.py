"""Entries that were chosen, or said yes to, while their time slot was called off: they come with it."""

import pytest

from registrations.delegations.members import Named
from registrations.enrolment import enrolment, preferences
from registrations.models import Message, Participant, Registration
from registrations.people.preferences import Preferences
from registrations.rescheduling import changes
from tests.factories import OccurrenceFactory
from tests.support.registrations.delegations import confirm, has_entry, sign_up
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import NOW, register

pytestmark = pytest.mark.django_db


def call_off(slot):
    changes.call_off(occurrence_id=slot.pk, now=NOW)


def revive(slot):
    changes.revive(occurrence_id=slot.pk, now=NOW)
    send_waiting_mails()


def choose(person, entries="mail"):
    return preferences.choose(participant=person, preferences=Preferences(entries), now=NOW)


def entry_was_mailed() -> bool:
    return Registration.objects.get().entry_was_mailed


def test_yes_said_meanwhile_brings_the_entry_with_the_slot(smtp_server):
    slot = OccurrenceFactory()
    sign_up(slot, named=[Named("Juma Kiptoo", "juma@example.org")])
    call_off(slot)
    send_waiting_mails()
    confirm(Participant.objects.get(name="Juma Kiptoo"))

    revive(slot)

    assert (has_entry(Message.objects.get(kind="revived")), entry_was_mailed()) == (True, True)


def test_entries_chosen_meanwhile_come_with_the_slot(smtp_server):
    slot = OccurrenceFactory()
    [registration] = register(slot, preferences=Preferences("subscription"))
    call_off(slot)
    send_waiting_mails()

    posted = choose(registration.participant)
    revive(slot)

    assert posted == 0
    assert (has_entry(Message.objects.get(kind="revived")), entry_was_mailed()) == (True, True)
    assert not Message.objects.filter(kind="invitation").exists()


def test_entries_chosen_meanwhile_come_by_themselves_to_who_never_heard_of_it(smtp_server):
    slot = OccurrenceFactory()
    [registration] = register(slot, preferences=Preferences("subscription"))
    call_off(slot)
    choose(registration.participant)

    revive(slot)

    assert not Message.objects.filter(kind="revived").exists()
    assert (has_entry(Message.objects.get(kind="invitation")), entry_was_mailed()) == (True, True)


def test_entries_chosen_meanwhile_come_with_another_slot():
    slot = OccurrenceFactory()
    other = OccurrenceFactory(session=slot.session)
    [registration] = register(slot, preferences=Preferences("subscription"))
    call_off(slot)
    choose(registration.participant)

    enrolment.change_occurrence(registration_id=registration.pk, occurrence_id=other.pk, now=NOW)

    assert (has_entry(Message.objects.get(kind="slot_changed")), entry_was_mailed()) == (True, True)


def test_who_wants_none_gets_none_with_the_slot(smtp_server):
    slot = OccurrenceFactory()
    register(slot, preferences=Preferences("subscription"))
    call_off(slot)
    send_waiting_mails()

    revive(slot)

    assert (has_entry(Message.objects.get(kind="revived")), entry_was_mailed()) == (False, False)
