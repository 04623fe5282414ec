"""Strangers with a forwarded invitation."""

import pytest
from django.contrib.auth.models import User

from registrations.invitations import inviting, requests
from registrations.models import AdmissionRequest, Invitation, Message
from tests.support.registrations.inviting import guest, hidden_slot, invite
from tests.support.registrations.signing_up import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited():
    [invitation] = invite(hidden_slot().session).invitations
    return invitation


def ask(invited, email="zoe@example.org", name="Zoe"):
    requests.ask(invitation_id=invited.pk, name=name, email=email, organisation="", words="Please", now=NOW)


def answer(granted):
    by = User.objects.create_user(f"officer-{granted}")
    request_id = AdmissionRequest.objects.get().pk
    return requests.answer(request_id=request_id, granted=granted, by=by, now=NOW)


def test_mailbox_asks_once_and_hears_nothing(invited):
    ask(invited)
    ask(invited, "ZOE@example.org", "Zoe again")

    assert AdmissionRequest.objects.get().name == "Zoe"
    assert not Message.objects.exclude(kind="personal_invitation").exists()


def test_withdrawn_invitation_takes_no_requests(invited):
    inviting.withdraw(invitation_id=invited.pk, now=NOW)

    ask(invited)

    assert not AdmissionRequest.objects.exists()


def test_noise_ends_at_a_number(invited):
    for number in range(requests.REQUESTS_OF_AN_INVITATION + 2):
        ask(invited, f"zoe{number}@example.org")

    assert AdmissionRequest.objects.count() == requests.REQUESTS_OF_AN_INVITATION


def test_granting_invites_at_once(invited):
    ask(invited)

    new = answer(granted=True)

    mail = Message.objects.get(invitation=new)
    asked = AdmissionRequest.objects.get()
    assert (new.name, new.email, new.session) == ("Zoe", "zoe@example.org", invited.session)
    assert (mail.recipient, mail.due_at) == ("zoe@example.org", NOW)
    assert (asked.is_granted, asked.answered_at) == (True, NOW)


def test_granting_somebody_who_was_invited_meanwhile_keeps_that_invitation(invited):
    ask(invited, "zoe@ministry.example", "Zoe Wanjiru")
    [meanwhile] = invite(invited.session, "Zoe Wanjiru").invitations

    assert answer(granted=True) == meanwhile
    assert guest("Zoe Wanjiru").identity == (meanwhile.mailbox, meanwhile.name_key)


def test_refusing_is_heard_by_nobody(invited):
    ask(invited)

    assert answer(granted=False) is None
    assert (Invitation.objects.count(), Message.objects.count()) == (1, 1)
    assert AdmissionRequest.objects.get().answered_at == NOW


def test_answering_twice_is_refused(invited):
    ask(invited)
    answer(granted=False)

    with pytest.raises(requests.AnsweredAlready):
        answer(granted=True)
