"""A time slot that moves while a page offers it: said, and nobody has another hour without a word."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registrations.models import Message, Registration
from sessions.models import Occurrence
from tests.factories import InvitationFactory, OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.page_forms import forms_in
from tests.support.registrations.inviting import hidden_slot, page_of
from tests.support.registrations.sign_up_form import WHO

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(season):
    return ParticipantFactory(season=season, timezone="Africa/Nairobi", confirmed_at=timezone.now())


def move(slot):
    begins = slot.starts_at + timedelta(hours=3)
    Occurrence.objects.filter(pk=slot.pk).update(starts_at=begins, ends_at=begins + timedelta(hours=1))


def sent_from(page, **changes) -> dict:
    """The form of a page as a browser sends it, with the changes of the person."""
    [form] = [each for each in forms_in(page.text, "/") if each.method == "post" and "shown" in each.values]
    return {name: values for name, values in form.values.items() if any(values)} | changes


def is_said_once(client, address, page, slot, **typed):
    """The first press is refused in words; the page that comes back has the new hour, so the second one counts."""
    refused = client.post(address, sent_from(page, slot=slot.pk, **typed))

    assert refused.status_code == 409
    assert "This time slot was moved while you" in refused.text
    assert not Registration.objects.active().filter(occurrence=slot).exists()
    assert not Message.objects.exists()
    assert client.post(address, sent_from(refused, slot=slot.pk, **typed)).status_code == 302
    assert Registration.objects.active().get().occurrence == slot


def test_slot_to_add(client, person, slot):
    page = client.get(f"/my/{person.key}/")
    move(slot)

    is_said_once(client, f"/my/{person.key}/add/", page, slot)


def test_slot_to_add_has_its_new_hour_at_once_in_the_page_that_comes_back(client, person, slot, settings):
    page = client.get(f"/my/{person.key}/")
    settings.PROGRAMME_SECONDS = 60
    client.get(f"/my/{person.key}/")
    move(slot)

    is_said_once(client, f"/my/{person.key}/add/", page, slot)


@pytest.mark.parametrize(("page", "status"), [("time-slot", "confirmed"), ("come-back", "cancelled")])
def test_slot_to_change_or_come_back_to(client, person, slot, late_slot, page, status):
    RegistrationFactory(participant=person, occurrence=slot, status=status)
    address = f"/my/{person.key}/{slot.session.slug}/{page}/"
    asked = client.get(address)
    move(late_slot)

    is_said_once(client, address, asked, late_slot)


def test_slot_of_an_invitation(client):
    slot = hidden_slot()
    OccurrenceFactory(session=slot.session, starts_at=slot.starts_at + timedelta(hours=8))
    invited = InvitationFactory(session=slot.session)
    address = page_of(invited)
    page = client.post(address, {"open": "1"}, follow=True)
    move(slot)

    is_said_once(client, address, page, slot, **WHO | {"email": invited.email})
