"""Whose place staff have taken away has none again by any way, and only their mailbox is told."""

import pytest
from django.urls import reverse

from registrations.delegations import delegation
from registrations.delegations.members import Applicants, FocalPoint, Named
from registrations.enrolment import enrolment, refusals
from registrations.enrolment.applicant import ChosenSlots
from registrations.invitations import responding
from registrations.models import Delegation, Message, Registration
from registrations.privacy import erasure
from registrations.seat_removals import returning
from tests.factories import OccurrenceFactory
from tests.support.registrations.inviting import accept, hidden_slot, invite
from tests.support.registrations.removing import FAKE, take_away
from tests.support.registrations.signing_up import CONSENT, NOW, details, register

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    return OccurrenceFactory()


def barred(slot, **terms):
    [registration] = register(slot)
    removal = take_away(registration, **terms)
    Message.objects.all().delete()
    return registration.participant, removal


def kinds():
    return [mail.kind for mail in Message.objects.order_by("pk")]


def active():
    return Registration.objects.active()


def test_sign_up_brings_one_mail_that_says_why_not(slot):
    barred(slot)

    assert register(slot) == []

    [mail] = Message.objects.all()
    assert mail.kind == "place_refused"
    assert b"You have no place, because" in bytes(mail.octets)


def test_other_sessions_of_the_same_form_are_had(slot):
    barred(slot)
    other = OccurrenceFactory(session__season=slot.session.season)

    [registration] = register(slot, other)

    assert registration.occurrence == other
    assert kinds() == ["confirmation", "place_refused"]


def test_who_may_return_does(slot):
    barred(slot, may_return=True)

    assert len(register(slot)) == 1


def test_colleague_behind_the_same_mailbox_is_not_barred(slot):
    barred(slot)

    assert len(register(slot, name="Zoe Otieno")) == 1


def test_mailbox_of_a_made_up_sign_up_is_barred_under_any_name(slot):
    barred(slot, reason=FAKE)

    assert register(slot, name="Zoe Otieno") == []
    assert kinds() == ["place_refused"]


def test_allowed_again(slot):
    _person, removal = barred(slot)

    returning.allow(removal_id=removal.pk, by=None)

    assert len(register(slot)) == 1


def test_my_season(client, slot):
    person, _removal = barred(slot)
    page = client.get(reverse("registrations:my_season", args=[person.key])).text

    answer = client.post(reverse("registrations:add", args=[person.key]), {"slot": slot.pk})

    assert "The Secretariat cancelled this registration." in page
    assert "Come back" not in page
    assert answer.status_code == 409
    assert "If you think that this is a mistake" in answer.text
    with pytest.raises(refusals.TakenAway):
        enrolment.add_session(participant=person, occurrence_id=slot.pk, now=NOW)


def test_invitation_is_as_if_withdrawn_until_there_is_a_new_one():
    slot = hidden_slot()
    [invitation] = invite(slot.session, "Amina Otieno").invitations
    take_away(accept(invitation, slot))

    with pytest.raises(responding.Withdrawn):
        accept(invitation, slot)

    assert (active().count(), kinds().count("place_refused")) == (0, 1)


def test_delegation(slot):
    barred(slot)
    focal = FocalPoint("focal@example.org", details("Focal Point"), takes_part=True)
    named = [Named("Amina Otieno", "amina@example.org"), Named("Omar Said", "omar@example.org")]
    applicants = Applicants(focal, named, CONSENT)
    chosen = ChosenSlots([slot.pk])
    delegation.ask(season=slot.session.season, applicants=applicants, chosen=chosen, submission="a", now=NOW)
    Message.objects.all().delete()

    delegation.sign_up(delegation_id=Delegation.objects.get().pk, occurrence_ids=[slot.pk], now=NOW)

    assert sorted(active().values_list("participant__name", flat=True)) == ["Focal Point", "Omar Said"]
    to_her = Message.objects.filter(recipient="amina@example.org")
    assert [mail.kind for mail in to_her] == ["place_refused"]


def test_page_after_the_form_is_the_same(slot):
    """A stranger who types somebody's name must not learn of it; tests/site holds the rest."""
    barred(slot)
    known = register(slot), Message.objects.count()

    unknown = register(slot, name="Zoe Otieno", email="zoe@example.org"), Message.objects.count() - known[1]

    assert (known[0], known[1], len(unknown[0]), unknown[1]) == ([], 1, 1, 1)


def test_erasing_ones_data_ends_it(slot):
    person, removal = barred(slot, words="To Amina.")

    erasure.erase(participant_id=person.pk, now=NOW)

    removal.refresh_from_db()
    assert removal.words == ""
    assert len(register(slot)) == 1
