"""What an invited person does with an invitation."""

from datetime import timedelta

import pytest

from registrations.enrolment import enrolment, refusals
from registrations.invitations import inviting, responding
from registrations.models import Invitation, Message, Participant, Registration
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.races import race
from tests.support.registrations.inviting import accept, hidden_slot, invite
from tests.support.registrations.signing_up import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    return hidden_slot()


@pytest.fixture
def invited(slot):
    [invitation] = invite(slot.session).invitations
    return invitation


def test_first_opening_is_remembered(invited):
    responding.open(invitation_id=invited.pk, now=NOW)
    responding.open(invitation_id=invited.pk, now=NOW + timedelta(days=1))

    invited.refresh_from_db()
    assert invited.opened_at == NOW


def test_accepting_gives_a_seat_a_mail_and_a_calendar_entry(invited, slot):
    registration = accept(invited, slot)

    invited.refresh_from_db()
    mail = Message.objects.get(kind="confirmation")
    assert registration.is_confirmed
    assert (invited.registration, invited.accepted_at) == (registration, NOW)
    assert registration.participant.mailbox == invited.mailbox
    assert mail.recipient == "amina@ministry.example"
    assert b"method=REQUEST" in bytes(mail.octets)
    assert b"accepted our invitation" in bytes(mail.octets).replace(b"=\r\n", b"")


def test_accepting_twice_is_one_registration_and_one_mail(invited, slot):
    first = accept(invited, slot)

    assert accept(invited, slot) == first
    assert Message.objects.filter(kind="confirmation").count() == 1


@pytest.mark.django_db(transaction=True)
def test_accepting_eight_times_at_once_is_one_registration(slot):
    """Also under several names and for several slots: the invitation is for one person."""
    other = OccurrenceFactory(session=slot.session)
    [invited] = invite(slot.session).invitations

    answers = race(8, lambda number: accept(invited, [slot, other][number % 2], name=f"Amina {'abcdefgh'[number]}").pk)

    assert len(set(answers)) == 1
    assert Registration.objects.count() == 1
    assert Message.objects.filter(kind="confirmation").count() == 1


@pytest.mark.django_db(transaction=True)
def test_twelve_guests_race_for_five_places():
    slot = hidden_slot(capacity=5)
    people = invite(slot.session, *(f"Guest{letter} Otieno" for letter in "abcdefghijkl")).invitations

    def try_to(number):
        try:
            accept(people[number], slot)
        except refusals.NoSeatLeft:
            return "refused"
        return "in"

    answers = race(12, try_to)

    assert sorted(answers) == ["in"] * 5 + ["refused"] * 7
    assert Invitation.objects.filter(accepted_at__isnull=False).count() == 5


@pytest.mark.django_db(transaction=True)
def test_accepting_while_staff_undo_the_import_ends_well_either_way():
    for _round in range(5):
        slot = hidden_slot()
        batch = invite(slot.session).batch
        invited = batch.invitations.get()

        def act(number, invited=invited, slot=slot, batch=batch):
            if number:
                return inviting.undo(batch_id=batch.pk, now=NOW).withdrawn
            try:
                return accept(invited, slot).pk
            except responding.Withdrawn:
                return None

        registration, withdrawn = race(2, act)

        assert (registration is None) == (withdrawn == 1)


def test_full_slot_is_refused_unless_the_person_agrees_to_wait():
    slot = hidden_slot(capacity=1)
    RegistrationFactory(occurrence=slot)
    [invited] = invite(slot.session).invitations

    with pytest.raises(refusals.NoSeatLeft):
        accept(invited, slot)

    assert accept(invited, slot, waits=True).is_waiting


@pytest.mark.parametrize("change", ["called off", "over", "of another session", "closed"])
def test_slot_that_cannot_be_had_is_refused(change, invited, slot):
    now = NOW
    if change == "called off":
        type(slot).objects.update(called_off_at=NOW)
    elif change == "over":
        now = slot.ends_at
    elif change == "of another session":
        slot = OccurrenceFactory()
    else:
        type(slot.session).objects.update(registration_closes_at=NOW)

    with pytest.raises(refusals.RegistrationClosed):
        accept(invited, slot, now=now)

    assert not Registration.objects.exists()


def test_withdrawn_invitation_lets_nobody_in(invited, slot):
    inviting.withdraw(invitation_id=invited.pk, now=NOW)

    with pytest.raises(responding.Withdrawn):
        accept(invited, slot)
    with pytest.raises(responding.Withdrawn):
        responding.decline(invitation_id=invited.pk, now=NOW)


def test_declining_is_remembered_and_can_be_changed(invited, slot):
    responding.decline(invitation_id=invited.pk, now=NOW)
    invited.refresh_from_db()
    assert (invited.declined_at, invited.opened_at) == (NOW, NOW)

    accept(invited, slot)

    invited.refresh_from_db()
    assert (invited.declined_at, invited.accepted_at) == (None, NOW)


def test_declining_does_not_take_away_a_seat(invited, slot):
    registration = accept(invited, slot)

    responding.decline(invitation_id=invited.pk, now=NOW)

    registration.refresh_from_db()
    invited.refresh_from_db()
    assert registration.is_confirmed
    assert invited.declined_at is None


def test_who_cancelled_accepts_again_with_a_new_registration(invited, slot):
    first = accept(invited, slot)
    enrolment.cancel(registration_id=first.pk, now=NOW)
    mail = bytes(Message.objects.get(kind="cancelled").octets).replace(b"=\r\n", b"").decode()
    assert f"/invitation/{invited.key}/" in mail

    second = accept(invited, slot)

    invited.refresh_from_db()
    assert (second.uid != first.uid, invited.registration) == (True, second)


def test_known_participant_keeps_their_details(invited, slot):
    known = ParticipantFactory(
        season=slot.session.season, name="Amina Otieno", email="Amina@ministry.example", organisation="UN"
    )

    registration = accept(invited, slot, organisation="Another")

    known.refresh_from_db()
    assert (registration.participant, known.organisation, Participant.objects.count()) == (known, "UN", 1)


def test_two_invitations_accepted_under_one_name_are_one_seat(slot):
    first, second = invite(slot.session, "Amina Otieno", "Amina Wanjiru").invitations

    assert accept(first, slot) == accept(second, slot, name="Amina Otieno")

    holders = Invitation.objects.filter(registration=Registration.objects.get(), accepted_at=NOW)
    assert set(holders) == {first, second}
