"""Staff say to people why a slot was moved or called off: in the mail, and on their page until it changes again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations.mail import composing
from registrations.models import Message
from registrations.rescheduling import changes
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.calendars import read_mail

pytestmark = pytest.mark.django_db
WHY = "The speaker’s flight <was> cancelled"


@pytest.fixture
def slot():
    """Full, so that nobody moves up from its list."""
    return OccurrenceFactory(starts_at=timezone.now() + timedelta(days=9), capacity=0)


def move(slot, **more):
    later = {"starts_at": slot.starts_at + timedelta(hours=2), "ends_at": slot.ends_at + timedelta(hours=2)}
    changes.reschedule(occurrence_id=slot.pk, now=timezone.now(), **later, **more)


def call_off(slot, **more):
    changes.call_off(occurrence_id=slot.pk, now=timezone.now(), **more)


def mailed() -> list[str]:
    Message.objects.update(status="sending", leased_until=timezone.now() + timedelta(minutes=1), attempts=1)
    message = Message.objects.latest("pk")
    composing.prepare(message, now=timezone.now())
    return [read_mail(message).get_body((kind,)).get_content() for kind in ("plain", "html")]


@pytest.mark.parametrize("status", ["confirmed", "waitlisted"])
@pytest.mark.parametrize("act", [move, call_off])
def test_reason_stands_in_the_mail_in_both_forms(slot, act, status):
    RegistrationFactory(occurrence=slot, status=status)

    act(slot, reason=WHY)

    text, html = mailed()
    assert f"Why: {WHY}" in text
    assert "Why: The speaker’s flight &lt;was&gt; cancelled" in html


@pytest.mark.parametrize("act", [move, call_off])
def test_without_a_reason_the_mail_says_nothing_of_it(slot, act):
    RegistrationFactory(occurrence=slot)

    act(slot)

    assert not any("Why:" in part for part in mailed())


def test_reason_stands_on_the_page_of_the_person_until_the_next_change(client, slot):
    person = RegistrationFactory(occurrence=slot).participant
    page = reverse("registrations:my_season", args=[person.key])

    call_off(slot, reason=WHY)
    assert "The speaker’s flight &lt;was&gt; cancelled" in client.get(page).text

    changes.revive(occurrence_id=slot.pk, now=timezone.now())
    assert "flight" not in client.get(page).text


def test_taking_back_takes_the_reason_away(slot):
    RegistrationFactory(occurrence=slot)
    call_off(slot, reason=WHY)

    changes.take_back(change_id=slot.changes.get().pk, now=timezone.now())

    slot.refresh_from_db()
    assert slot.reason == ""
