"""A time slot that staff delete while somebody looks at a page that offers it: said, and nobody is halfway in."""

from datetime import timedelta

import pytest
from django.urls import reverse

from registrations.enrolment import enrolment, refusals
from registrations.enrolment.applicant import Applicant, ChosenSlots
from registrations.models import Message, Participant, Registration
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.races import just_before_the_lock, race
from tests.support.registrations.sign_up_form import typed
from tests.support.registrations.signing_up import CONSENT, NOW, details

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def register(season, *pks):
    return enrolment.register(
        season=season,
        applicant=Applicant("amina@ministry.example", details(), CONSENT),
        chosen=ChosenSlots(pks),
        submission="",
        now=NOW,
    )


def test_nobody_is_signed_up_for_one_of_two_slots_whose_other_is_gone():
    slot = OccurrenceFactory()
    other = OccurrenceFactory(session__season=slot.session.season)
    gone = other.pk
    other.delete()

    with pytest.raises(refusals.SlotGone) as refusal:
        register(slot.session.season, slot.pk, gone)

    assert refusal.value.occurrence_ids == {gone}
    assert not Registration.objects.exists()
    assert not Participant.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_sign_up_says_that_a_slot_went_while_the_form_was_checked(client):
    slot = OccurrenceFactory()
    OccurrenceFactory(session__season=slot.session.season)
    address = reverse("sign_up:form", args=[slot.session.season.slug])
    sent = typed(slot)

    with just_before_the_lock(lambda: race(1, lambda _number: slot.delete())):
        answer = client.post(address, sent)

    assert answer.status_code == 409
    assert "A time slot that you chose is not offered any more." in answer.content.decode()
    assert sent["email"] in answer.content.decode()
    assert not Message.objects.exists()


@pytest.mark.parametrize("page", ["change_slot", "come_back"])
def test_pages_of_my_season_say_that_a_slot_went(client, page):
    registration = RegistrationFactory(status="cancelled" if page == "come_back" else "confirmed")
    other = OccurrenceFactory(session=registration.session, starts_at=registration.occurrence.starts_at + DAY)
    key, slug = registration.participant.key, registration.session.slug
    address = reverse(f"registrations:{page}", args=[key, slug])
    assert client.get(address).status_code == 200

    with just_before_the_lock(other.delete):
        answer = client.post(address, {"slot": other.pk})

    assert answer.status_code == 409
    assert "filled up or closed while you looked at it" in answer.content.decode()
