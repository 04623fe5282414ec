"""What confirms somebody whom a focal point has named, and what carries the link with which they say yes."""

import pytest

from registrations.delegations.members import Named
from registrations.enrolment import enrolment
from registrations.mailings import reminders
from registrations.models import Message, Participant, Registration
from registrations.rescheduling import changes
from tests.factories import InvitationFactory, OccurrenceFactory
from tests.support.registrations.delegations import has_entry, mime, person, sign_up, words
from tests.support.registrations.inviting import accept, hidden_slot
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import NOW, register
from tests.support.registrations.waiting import full_slot

pytestmark = pytest.mark.django_db
JUMA, ADDRESS = "Juma Kiptoo", "juma@example.org"


@pytest.fixture
def slot():
    """Juma was named for it and has not answered."""
    slot = OccurrenceFactory()
    sign_up(slot, named=[Named(JUMA, ADDRESS)])
    Message.objects.all().delete()
    return slot


def another_slot(slot, **more):
    return OccurrenceFactory(session__season=slot.session.season, **more)


def link() -> str:
    return f"/my/{person(JUMA).key}/take-part/"


# What anybody can do with a name and an address: it carries the link


def test_sign_up_of_somebody_named_carries_the_link_and_no_entry(slot):
    other = another_slot(slot)

    [registration] = register(other, name=JUMA, email=ADDRESS)

    assert (person(JUMA).confirmed_at, registration.entry_was_mailed) == (None, False)
    for part in ("plain", "html"):
        assert link() in words(part, kind="confirmation")
        assert "Entries come when you have said that you take part." in words(part, kind="confirmation")
    assert not has_entry(Message.objects.get())


def test_sign_up_for_the_same_session_again_carries_the_link(slot):
    register(slot, name=JUMA, email=ADDRESS)

    assert link() in words("plain", kind="already_registered")


def test_place_that_came_free_carries_the_link_and_no_entry(slot, smtp_server):
    full = full_slot(session__season=slot.session.season)
    [waiting] = register(full, name=JUMA, email=ADDRESS, waits_for={full.pk})

    changes.change_capacity(occurrence_id=full.pk, capacity=2, now=NOW)
    send_waiting_mails()

    waiting.refresh_from_db()
    assert (waiting.is_confirmed, waiting.entry_was_mailed) == (True, False)
    assert link() in words("plain", kind="waitlisted")
    assert link() in words("plain", kind="promoted")


def test_who_has_said_yes_or_signed_up_alone_gets_no_such_link(slot):
    register(slot, name="Zoe", email="zoe@example.org")

    assert "take-part" not in words("plain", kind="confirmation")


# What only the owner of the mailbox can do: it confirms


def test_accepting_an_invitation_says_yes_and_brings_the_missing_entries(slot):
    hidden = hidden_slot(session__season=slot.session.season)

    accept(InvitationFactory(session=hidden.session, name=JUMA, email=ADDRESS), hidden)

    assert person(JUMA).confirmed_at == NOW
    assert list(Registration.objects.values_list("entry_was_mailed", flat=True)) == [True, True]
    assert sorted((mail.kind, has_entry(mail)) for mail in Message.objects.all()) == [
        ("confirmation", True),
        ("invitation", True),
    ]
    assert "take-part" not in words("plain", kind="confirmation")


@pytest.mark.parametrize("takes_part", [True, False])
def test_being_a_focal_point_says_yes_and_brings_the_missing_entries(slot, takes_part):
    sign_up(another_slot(slot), named=[Named("Omar")], email=ADDRESS, name=JUMA, takes_part=takes_part)

    assert person(JUMA).confirmed_at == NOW
    mine = person(JUMA).registrations.all()
    assert [registration.entry_was_mailed for registration in mine] == [True] * (1 + takes_part)
    assert has_entry(Message.objects.get(kind="invitation"))


def test_who_was_confirmed_by_an_invitation_is_reminded(slot):
    hidden = hidden_slot(session__season=slot.session.season)
    accept(InvitationFactory(session=hidden.session, name=JUMA, email=ADDRESS), hidden)
    Message.objects.update(status="sent", sent_at=NOW)

    assert reminders.post_due(now=slot.starts_at.replace(day=slot.starts_at.day - 1)) == 1


def test_person_who_stays_and_had_asked_for_entries_gets_them(slot):
    other = another_slot(slot)
    register(slot, name="Omar Said", email="focal.point@ministry.example")
    Message.objects.all().delete()

    sign_up(other, named=[Named("Omar Said")])

    assert Participant.objects.get(name="Omar Said").registrations.get(occurrence=other).entry_was_mailed
    assert has_entry(Message.objects.get(kind="confirmation"))
    assert mime(kind="confirmation")["To"].startswith("Omar Said")


def test_cancelling_of_somebody_unconfirmed_asks_nothing_more(slot):
    enrolment.cancel(registration_id=Registration.objects.get().pk, now=NOW)

    assert "take-part" not in words("plain", kind="cancelled")
