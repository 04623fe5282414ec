"""What a personal page says and offers where the world has changed since: zones, slots, sessions."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registrations.enrolment import enrolment
from registrations.mail import notices
from registrations.models import Message, Registration
from registrations.rescheduling import changes
from sessions.models import Session
from tests.factories import InvitationFactory, OccurrenceFactory, RegistrationFactory
from tests.support.registrations.signing_up import register

pytestmark = pytest.mark.django_db
CANCELLED, TO_INVITATION = "This registration was cancelled.", "open your invitation"


@pytest.fixture
def slot():
    return OccurrenceFactory(starts_at=timezone.now() + timedelta(days=20), session__title="Mercury in tea")


def page_of(registration, more="") -> str:
    return f"/my/{registration.participant.key}/{more}"


# A zone that is in no table any more


@pytest.mark.parametrize("page", ["", "details/", "mails/", "data/", "{slug}/cancel/", "{slug}/time-slot/"])
def test_zone_that_vanished_is_no_fault_of_a_page(client, slot, page):
    registration = RegistrationFactory(occurrence=slot, participant__timezone="America/Nowhere")

    assert client.get(page_of(registration, page.format(slug=slot.session.slug))).status_code == 200


def test_zone_that_vanished_is_no_fault_of_a_mail_which_says_utc(slot):
    registration = RegistrationFactory(occurrence=slot, participant__timezone="America/Nowhere")

    [mail] = notices.confirmation(registration.participant, [registration], now=timezone.now())

    assert "(UTC)" in mail.subject


# A time slot that was called off


@pytest.mark.parametrize("waits", [False, True])
def test_called_off_slot_can_be_left_and_its_revival_is_not_told(client, slot, waits):
    if waits:
        RegistrationFactory(occurrence=slot)
        type(slot).objects.filter(pk=slot.pk).update(capacity=1)
    [registration] = register(slot, now=timezone.now(), waits_for={slot.pk})
    changes.call_off(occurrence_id=slot.pk, now=timezone.now())
    leave = page_of(registration, f"{slot.session.slug}/cancel/")

    assert leave in client.get(page_of(registration)).text
    assert "also when it takes place after all" in client.get(leave).text
    client.post(leave)
    Message.objects.all().delete()
    changes.revive(occurrence_id=slot.pk, now=timezone.now())

    registration.refresh_from_db()
    assert registration.is_cancelled
    assert not Message.objects.filter(registration=registration).exists()


# A session that became one by invitation


def cancelled_before_the_session_was_hidden(slot) -> Registration:
    [registration] = register(slot, now=timezone.now())
    enrolment.cancel(registration_id=registration.pk, now=timezone.now())
    Session.objects.update(access=Session.Access.INVITATION)
    return registration


def test_page_names_no_invitation_where_there_is_none(client, slot):
    shown = client.get(page_of(cancelled_before_the_session_was_hidden(slot))).text

    assert (CANCELLED in shown, TO_INVITATION in shown) == (True, False)


def test_page_names_the_invitation_that_there_is(client, slot):
    registration = cancelled_before_the_session_was_hidden(slot)
    InvitationFactory(session=slot.session, name=registration.participant.name, email=registration.participant.email)

    assert TO_INVITATION in client.get(page_of(registration)).text
