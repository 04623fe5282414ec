"""A corrected address: who has everything now, and what of the old mailbox still works."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from registrations import links
from registrations.accounts.owners import owner_of
from registrations.corrections import address
from registrations.enrolment import own_details
from registrations.mail import notices, outbox
from registrations.models import NextSeasonSubscriber, Participant, StaffAction
from registrations.next_season import subscription
from registrations.privacy import erasure
from registrations.rescheduling import changes
from tests.factories import InvitationFactory, RegistrationFactory
from tests.support.calendars import CalendarStore
from tests.support.registrations.correcting import (
    LATER,
    OLD,
    RIGHT,
    an_hour_later,
    correct,
    sent_to,
    slots,
    somebody_registered,
)
from tests.support.registrations.inviting import accept, hidden_slot, invite
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import NOW, details, register

pytestmark = pytest.mark.django_db


def test_new_mailbox_has_everything_and_the_old_one_hears_nothing(smtp_server):
    person = somebody_registered(*slots())
    before = len(sent_to(OLD))

    mails = correct(person)

    arrived = sent_to(RIGHT)
    person.refresh_from_db()
    assert (person.email, person.mailbox) == (RIGHT, RIGHT.lower())
    assert len(arrived) == mails == 3
    assert len(sent_to(OLD)) == before
    store = CalendarStore()
    store.receive(*arrived)
    assert sorted(store.entries) == sorted(person.registrations.values_list("uid", flat=True))


def test_links_and_entries_of_the_old_mailbox_are_nobodys(client, smtp_server):
    person = somebody_registered(*slots())
    [first, second] = person.registrations.all()
    old = [links.my_season(person), links.own_feed(person), links.stop(person, "reminders"), links.join(first)]

    correct(person)

    assert {client.get(each).status_code for each in old} == {404}
    now = {*person.registrations.values_list("uid", flat=True)}
    assert now.isdisjoint({first.uid, second.uid})


def test_places_stay(smtp_server):
    taken, full = slots()
    full.capacity = 1
    full.save()
    register(full, email="first@example.org", name="First")
    person = register(taken, full, email=OLD, waits_for={full.pk})[0].participant
    before = list(person.registrations.order_by("pk").values_list("status", "waiting_since", "registered_at"))

    correct(person)

    assert list(person.registrations.order_by("pk").values_list("status", "waiting_since", "registered_at")) == before
    full.refresh_from_db()
    assert (full.taken, full.waiting) == (1, 1)


def test_slot_that_was_called_off_comes_back_with_an_entry(smtp_server):
    [slot] = slots(1)
    person = somebody_registered(slot)
    changes.call_off(occurrence_id=slot.pk, now=NOW)
    send_waiting_mails()
    correct(person)

    changes.revive(occurrence_id=slot.pk, now=LATER)

    store = CalendarStore()
    store.receive(*sent_to(RIGHT))
    assert list(store.entries) == [person.registrations.get().uid]


def test_named_person_is_asked_at_the_new_mailbox(smtp_server):
    person = RegistrationFactory(participant__email=OLD, participant__confirmed_at=None).participant

    correct(person)

    [mail] = sent_to(RIGHT)
    assert mail.kind == "named"


def test_somebody_of_the_name_behind_the_new_mailbox_stays_alone():
    [slot] = slots(1)
    person = register(slot, email=OLD)[0].participant
    register(slot, email=RIGHT)

    with pytest.raises(address.AddressTaken):
        correct(person)

    person.refresh_from_db()
    assert person.email == OLD
    assert Participant.objects.count() == 2


def test_same_mailbox_is_no_correction():
    person = register(*slots(1), email=OLD)[0].participant

    with pytest.raises(address.SameMailbox):
        correct(person, email=OLD.upper())


def test_what_a_colleague_has_corrected_meanwhile_stays():
    person = register(*slots(1), email=OLD)[0].participant
    correct(person)

    with pytest.raises(address.ChangedMeanwhile):
        correct(person, email="other@example.org")


def test_erased_person_is_not_brought_back():
    person = register(*slots(1), email=OLD)[0].participant
    erasure.erase(participant_id=person.pk, now=NOW)

    with pytest.raises(address.ChangedMeanwhile):
        correct(person)


@pytest.mark.parametrize("others", [[], ["Juma Kiptoo"]])
def test_what_belongs_to_the_old_mailbox_goes_with_the_last_person(others):
    [slot] = slots(1)
    person = register(slot, email=OLD)[0].participant
    for name in others:
        register(slot, email=OLD, name=name)
    owner_of(person.mailbox)
    subscription.ask(participant=person, now=NOW)

    correct(person)

    on_list = list(NextSeasonSubscriber.objects.values_list("mailbox", flat=True))
    assert on_list == ([OLD] if others else [RIGHT.lower()])
    assert User.objects.exists() == bool(others)


def test_trail_has_no_address():
    person = register(*slots(1), email=OLD)[0].participant

    correct(person)

    entry = StaffAction.objects.get(action="address-corrected")
    assert (entry.object_id, entry.after) == (person.pk, {"mails": 1})
    assert "@" not in f"{entry.about} {entry.before} {entry.after}"


def test_later_mails_know_the_new_mailbox_alone(smtp_server):
    [slot] = slots(1)
    person = somebody_registered(slot)
    correct(person)
    send_waiting_mails()

    registration = person.registrations.select_related("participant", "occurrence", "session__season").get()
    outbox.post([notices.declined(registration, now=LATER)])

    assert sent_to(RIGHT)[-1].kind == "declined"


def test_sign_up_of_the_same_name_with_the_old_mailbox_is_somebody_new(client):
    [slot] = slots(1)
    person = register(slot, email=OLD)[0].participant
    correct(person)

    [registration] = register(slot, email=OLD)

    assert registration.participant_id != person.pk
    assert client.get(reverse("registrations:my_season", args=[person.key])).status_code == 404


def test_invitation_that_brought_the_person_in_moves(client, smtp_server):
    slot = hidden_slot()
    [invited] = invite(slot.session, "Amina Otieno").invitations
    person = accept(invited, slot).participant
    old = links.invitation(invited)

    correct(person, shown=person.email)

    invited.refresh_from_db()
    assert (invited.email, invited.mailbox) == (RIGHT, RIGHT.lower())
    assert client.get(old).status_code == 404


def test_somebody_invited_with_the_new_mailbox_stays_alone():
    slot = hidden_slot()
    [invited] = invite(slot.session, "Amina Otieno").invitations
    person = accept(invited, slot).participant
    InvitationFactory(session=slot.session, name="Amina Otieno", email=RIGHT)

    with pytest.raises(address.AddressTaken):
        correct(person, shown=person.email)

    invited.refresh_from_db()
    assert invited.email == person.email


@pytest.mark.parametrize("is_point", [True, False])
def test_people_who_share_mails_are_not_parted(is_point):
    [slot] = slots(1)
    point = register(slot, email=OLD)[0].participant
    staying = register(slot, email=OLD, name="Juma Kiptoo")[0].participant
    Participant.objects.filter(pk=staying.pk).update(named_by=point)

    with pytest.raises(address.MailboxShared):
        correct(point if is_point else staying)


def test_change_that_can_be_taken_back_is_waited_for(smtp_server):
    [slot] = slots(1)
    person = somebody_registered(slot)
    changes.reschedule(occurrence_id=slot.pk, now=LATER, **an_hour_later(slot))

    with pytest.raises(address.ChangeWaits):
        correct(person)


def test_name_that_the_person_has_changed_meanwhile_is_no_hindrance():
    person = register(*slots(1), email=OLD)[0].participant
    own_details.correct(participant=person, details=details("Amina O. Otieno"), now=NOW)

    correct(person)

    person.refresh_from_db()
    assert (person.name, person.email) == ("Amina O. Otieno", RIGHT)
