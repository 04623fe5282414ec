"""Inviting people, and taking invitations back."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from registrations.enrolment import enrolment, refusals
from registrations.invitations import inviting
from registrations.models import Invitation, InvitationBatch, Message, Registration
from registrations.rescheduling import changes
from tests.factories import InvitationFactory, OccurrenceFactory
from tests.support.registrations.inviting import accept, guest, hidden_slot, invite
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import NOW

pytestmark = pytest.mark.django_db


def mails():
    return list(Message.objects.order_by("pk").values_list("kind", "recipient", "status"))


def test_guests_get_an_invitation_and_one_waiting_mail_each(settings):
    settings.RECALL_MINUTES = 10
    session, by = hidden_slot().session, User.objects.create_user("officer")

    done = invite(session, "Amina Otieno", "Omar Haddad", by=by)

    assert [invited.name for invited in done.batch.invitations.order_by("pk")] == ["Amina Otieno", "Omar Haddad"]
    assert (done.batch.made_by, done.batch.source, done.skipped) == (by, "pasted", [])
    assert list(Message.objects.order_by("pk").values_list("kind", "recipient", "due_at")) == [
        ("personal_invitation", "amina@ministry.example", NOW + timedelta(minutes=10)),
        ("personal_invitation", "omar@ministry.example", NOW + timedelta(minutes=10)),
    ]


def test_who_is_invited_already_is_left_out_and_named():
    session = hidden_slot().session
    invite(session, "Amina Otieno")

    done = invite(session, "AMINA  Otieno", "Omar Haddad", "Omar Haddad")

    assert [person.name for person in done.skipped] == ["AMINA  Otieno", "Omar Haddad"]
    assert [invited.name for invited in done.invitations] == ["Omar Haddad"]
    assert Message.objects.count() == 2


def test_import_of_people_who_are_all_invited_leaves_nothing_behind():
    session = hidden_slot().session
    invite(session)

    done = invite(session)

    assert (done.batch, InvitationBatch.objects.count(), Message.objects.count()) == (None, 1, 1)


def test_two_people_behind_one_mailbox_are_two_guests():
    session = hidden_slot().session
    people = [guest("Amina Otieno"), guest("Amina Wanjiru")]

    done = inviting.invite(session_id=session.pk, people=people, source="pasted", by=None, now=NOW)

    assert len(done.invitations) == 2


def test_session_open_to_all_takes_no_invitations():
    with pytest.raises(inviting.NotByInvitation):
        invite(OccurrenceFactory().session)


def test_mail_names_session_times_and_link_in_both_forms():
    slot = hidden_slot(session__title="Mercury & gold", session__summary="What to do next.")
    [invited] = invite(slot.session).invitations

    [mail] = send_waiting_mails()

    text = bytes(mail.octets).decode().replace("=\r\n", "")
    assert mail.subject.startswith("Invitation: Mercury & gold, ")
    assert text.count(f"/invitation/{invited.key}/") == 2
    assert text.count("What to do next.") == 2
    assert "Dear Amina Otieno," in text
    assert "UTC" in text


def test_mail_of_a_withdrawn_invitation_does_not_leave():
    [invited] = invite(hidden_slot().session).invitations
    Invitation.objects.update(withdrawn_at=NOW)

    assert send_waiting_mails() == []
    assert Message.objects.get(invitation=invited).last_error == "The invitation was withdrawn."


def test_mail_of_a_session_that_was_called_off_does_not_leave():
    slot = hidden_slot()
    invite(slot.session)
    changes.call_off(occurrence_id=slot.pk, now=NOW)

    assert send_waiting_mails() == []


def test_undoing_withdraws_those_who_have_not_accepted_and_names_the_others():
    slot = hidden_slot()
    batch = invite(slot.session, "Amina Otieno", "Omar Haddad").batch
    amina, omar = batch.invitations.order_by("pk")
    accept(amina, slot)

    undone = inviting.undo(batch_id=batch.pk, now=NOW)

    assert (undone.withdrawn, undone.kept) == (1, [amina])
    omar.refresh_from_db()
    batch.refresh_from_db()
    assert (omar.withdrawn_at, batch.undone_at) == (NOW, NOW)
    assert ("personal_invitation", "omar@ministry.example", "dropped") in mails()
    assert Registration.objects.confirmed().count() == 1


def test_undoing_twice_keeps_the_first_moment():
    batch = invite(hidden_slot().session).batch
    inviting.undo(batch_id=batch.pk, now=NOW)

    undone = inviting.undo(batch_id=batch.pk, now=NOW + timedelta(hours=1))

    batch.refresh_from_db()
    assert (undone.withdrawn, batch.undone_at) == (0, NOW)


def test_who_accepted_and_cancelled_is_withdrawn_too():
    slot = hidden_slot()
    batch = invite(slot.session).batch
    registration = accept(batch.invitations.get(), slot)
    enrolment.cancel(registration_id=registration.pk, now=NOW)

    assert inviting.undo(batch_id=batch.pk, now=NOW).withdrawn == 1


def test_withdrawing_what_was_accepted_cancels_it_with_a_mail_that_takes_the_entry_away():
    slot = hidden_slot()
    [invited] = invite(slot.session).invitations
    registration = accept(invited, slot)

    inviting.withdraw(invitation_id=invited.pk, now=NOW)
    inviting.withdraw(invitation_id=invited.pk, now=NOW)

    registration.refresh_from_db()
    mail = Message.objects.get(kind="invitation_withdrawn")
    assert registration.is_cancelled
    assert mail.subject.startswith("Invitation withdrawn: ")
    assert b"method=CANCEL" in bytes(mail.octets)


def test_withdrawing_after_the_session_changes_nothing():
    slot = hidden_slot()
    [invited] = invite(slot.session).invitations
    accept(invited, slot)

    with pytest.raises(refusals.RegistrationClosed):
        inviting.withdraw(invitation_id=invited.pk, now=slot.ends_at)

    invited.refresh_from_db()
    assert invited.withdrawn_at is None


def test_withdrawn_person_can_be_invited_again():
    session = hidden_slot().session
    [invited] = invite(session).invitations
    inviting.withdraw(invitation_id=invited.pk, now=NOW)

    assert len(invite(session).invitations) == 1


def test_seat_that_two_invitations_hold_is_lost_with_the_second_one():
    slot = hidden_slot()
    one, two = (InvitationFactory(session=slot.session, name=name, email="office@ministry.example") for name in "AB")
    registration = accept(one, slot, name="Amina Otieno")
    accept(two, slot, name="Amina Otieno")

    inviting.withdraw(invitation_id=one.pk, now=NOW)
    kept = Registration.objects.get(pk=registration.pk).is_confirmed
    inviting.withdraw(invitation_id=two.pk, now=NOW)

    assert (kept, Registration.objects.get(pk=registration.pk).is_cancelled) == (True, True)
