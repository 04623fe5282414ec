"""The page of an invitation that is opened before its session takes answers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import InvitationFactory
from tests.support.registrations.inviting import hidden_slot

pytestmark = pytest.mark.django_db
EARLY = "You can answer this invitation from "


@pytest.fixture
def opens_at():
    return timezone.now() + timedelta(days=9)


def shown_to_who_is_invited(client, slot) -> str:
    return client.get(f"/invitation/{InvitationFactory(session=slot.session).key}/").text


def test_page_says_when_the_invitation_can_be_answered(client, opens_at):
    slot = hidden_slot(session__registration_opens_at=opens_at)

    shown = shown_to_who_is_invited(client, slot)

    assert EARLY in shown
    assert f"{opens_at.astimezone(slot.session.season.zone):%H:%M}" in shown
    assert "cannot be accepted now" not in shown


def test_page_promises_nothing_where_no_slot_takes_answers_then(client, opens_at):
    slot = hidden_slot(session__registration_opens_at=opens_at, called_off_at=timezone.now())

    shown = shown_to_who_is_invited(client, slot)

    assert "cannot be accepted now" in shown
    assert EARLY not in shown
