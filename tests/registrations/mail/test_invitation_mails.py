"""Invitations and changes by staff: nobody's invitation is lost, and who has not answered hears of another time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registrations.invitations import inviting, requests, responding
from registrations.mail.slot_change_mails import Known, known
from registrations.models import AdmissionRequest, Invitation, Message
from registrations.rescheduling import changes, impact
from tests.factories import InvitationFactory, RegistrationFactory
from tests.support.registrations.inviting import accept, guest, hidden_slot, invite
from tests.support.registrations.mail_run import send_waiting_mails

pytestmark = pytest.mark.django_db

LATER = timedelta(hours=5)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def slot(now):
    return hidden_slot(starts_at=now + timedelta(days=10), session__title="Behind doors")


def move(slot, now, by=LATER):
    slot.refresh_from_db()
    times = {"starts_at": slot.starts_at + by, "ends_at": slot.ends_at + by}
    return changes.reschedule(occurrence_id=slot.pk, now=now, **times)


def call_off(slot, now):
    return changes.call_off(occurrence_id=slot.pk, now=now)


def revive(slot, now):
    return changes.revive(occurrence_id=slot.pk, now=now)


def sent() -> list[tuple]:
    return [(mail.kind, mail.subject.partition(":")[0]) for mail in send_waiting_mails()]


def text_of_last() -> str:
    return bytes(Message.objects.filter(sent_at__isnull=False).latest("pk").octets).decode().replace("=\r\n", "")


def test_invitation_that_a_short_call_off_has_dropped_leaves_once_it_is_held_after_all(slot, now):
    invite(slot.session, now=now)
    call_off(slot, now + timedelta(minutes=1))
    assert sent() == []

    revive(slot, now + timedelta(minutes=12))

    assert sent() == [("personal_invitation", "Invitation")]


def test_call_off_that_is_taken_back_in_time_changes_nothing_for_the_invited(slot, now):
    invite(slot.session, now=now)
    change = call_off(slot, now + timedelta(minutes=1))
    revive(slot, now + timedelta(minutes=2))

    assert (change.people, sent()) == (0, [("personal_invitation", "Invitation")])


def test_whose_mail_was_dropped_can_be_invited_again(slot, now):
    [first] = invite(slot.session, now=now).invitations
    call_off(slot, now + timedelta(minutes=1))
    send_waiting_mails()
    hidden_slot(session=slot.session, starts_at=now + timedelta(days=20))

    done = invite(slot.session, now=now + timedelta(minutes=20))

    assert ([again.pk for again in done.invitations], done.skipped) == ([first.pk], [])
    assert sent() == [("personal_invitation", "Invitation")]
    first.refresh_from_db()
    assert (first.batch, Invitation.objects.count()) == (done.batch, 1)


def test_who_has_the_mail_is_still_invited_already(slot, now):
    invite(slot.session, now=now)
    send_waiting_mails()

    assert [each.name for each in invite(slot.session, now=now).skipped] == ["Amina Otieno"]


def test_invited_person_who_has_not_answered_hears_of_a_new_time(slot, now):
    [invitation] = invite(slot.session, now=now).invitations
    send_waiting_mails()

    change = move(slot, now)

    assert change.people == 1
    assert sent() == [("personal_invitation", "Invitation"), ("invitation_changed", "New time")]
    text = text_of_last()
    assert text.count(f"/invitation/{invitation.key}/") == 2
    assert "Not any more at this time:" in text


def test_invited_person_hears_of_calling_off_and_of_holding_it_after_all(slot, now):
    invite(slot.session, now=now)
    send_waiting_mails()

    call_off(slot, now)
    send_waiting_mails()
    revive(slot, now + timedelta(hours=1))

    assert [subject for _kind, subject in sent()] == ["Invitation", "Called off", "Held after all"]


def test_other_slot_of_the_session_is_named_when_one_is_called_off(slot, now):
    invite(slot.session, now=now)
    send_waiting_mails()
    hidden_slot(session=slot.session, starts_at=now + timedelta(days=11))

    call_off(slot, now)

    assert sent()[-1] == ("invitation_changed", "New time")


def test_mail_that_has_not_left_tells_of_the_present_time_by_itself(slot, now):
    invite(slot.session, now=now)

    change = move(slot, now + timedelta(minutes=1))

    assert (change.people, sent()) == (0, [("personal_invitation", "Invitation")])


def test_change_that_is_taken_back_in_time_reaches_nobody(slot, now):
    invite(slot.session, now=now)
    send_waiting_mails()
    change = move(slot, now)

    undone = changes.take_back(change_id=change.pk, now=now + timedelta(minutes=1))

    assert (undone.people, sent()) == (0, [("personal_invitation", "Invitation")])


def test_two_changes_are_one_mail_that_remembers_the_first_time(slot, now):
    invite(slot.session, now=now)
    send_waiting_mails()
    first = slot.starts_at

    move(slot, now)
    move(slot, now + timedelta(minutes=1))

    waiting = Message.objects.unsent().get()
    assert (waiting.kind, waiting.known_starts_at) == ("invitation_changed", first)


def test_mail_that_would_be_tried_again_with_the_old_time_gives_way(slot, now):
    invite(slot.session, now=now)
    Message.objects.update(attempts=1)

    move(slot, now)

    assert sent() == [("invitation_changed", "New time")]


@pytest.mark.parametrize("answer", ["accepted", "declined", "withdrawn"])
def test_who_has_answered_hears_nothing_as_an_invited_person(slot, now, answer):
    [invitation] = invite(slot.session, now=now).invitations
    send_waiting_mails()
    if answer == "accepted":
        accept(invitation, slot, now=now)
    elif answer == "declined":
        responding.decline(invitation_id=invitation.pk, now=now)
    else:
        inviting.withdraw(invitation_id=invitation.pk, now=now)

    move(slot, now)

    assert not Message.objects.filter(kind="invitation_changed").exists()


def test_who_answers_before_the_mail_leaves_gets_none(slot, now):
    [invitation] = invite(slot.session, now=now).invitations
    send_waiting_mails()
    move(slot, now)

    responding.decline(invitation_id=invitation.pk, now=now)

    assert sent() == [("personal_invitation", "Invitation")]


def test_preview_counts_the_invited_and_shows_their_mail(slot, now):
    invite(slot.session, "Amina Otieno", "Omar Haddad", now=now)
    send_waiting_mails()
    moved = Known(slot.starts_at + LATER, slot.ends_at + LATER, is_called_off=False)

    sample = impact.sample_of_move(
        occurrence=slot, starts_at=slot.starts_at + LATER, ends_at=slot.ends_at + LATER, now=now
    )

    assert impact.audience(slot, moved) == impact.Audience(recipients=2, invited=2, silent=0)
    assert sample.subject.startswith("New time: Behind doors")
    assert move(slot, now).people == 2


def test_preview_for_staff_who_may_see_nobody_shows_an_invented_person(slot, now):
    [invitation] = invite(slot.session, now=now).invitations
    send_waiting_mails()

    octets = bytes(impact.sample_of_calling_off(occurrence=slot, now=now, is_invented=True).octets).decode()

    assert "Sample Person" in octets
    assert [word for word in ("Amina", "ministry.example", invitation.key) if word in octets] == []


def test_preview_of_taking_back_counts_who_hears_nothing(slot, now):
    RegistrationFactory(occurrence=slot)
    invite(slot.session, now=now)
    send_waiting_mails()
    before = known(slot)
    move(slot, now)
    slot.refresh_from_db()

    assert impact.audience(slot, before) == impact.Audience(recipients=0, invited=0, silent=2)


def test_request_for_a_session_that_is_over_stays_open(now):
    over = hidden_slot(starts_at=now - timedelta(days=2))
    invitation = InvitationFactory(session=over.session)
    asked = AdmissionRequest.objects.create(
        invitation=invitation, name="Zoe", email="zoe@x.example", mailbox="zoe@x.example", asked_at=now
    )

    with pytest.raises(inviting.NothingAhead):
        requests.answer(request_id=asked.pk, granted=True, by=None, now=now)

    asked.refresh_from_db()
    assert (asked.answered_at, Message.objects.count()) == (None, 0)


def test_nobody_is_invited_to_a_session_without_a_time_to_come(slot, now):
    call_off(slot, now)

    with pytest.raises(inviting.NothingAhead):
        invite(slot.session, now=now)
    with pytest.raises(inviting.NothingAhead):
        inviting.invite_one(session_id=slot.session_id, guest=guest(), by=None, now=now)
