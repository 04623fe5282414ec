"""Which mails that came back staff have to see to."""

import pytest
from django.utils import timezone

from registrations.mail import not_arrived
from registrations.models import Message
from tests.factories import MessageFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def came_back():
    """A confirmation of somebody, sent back by a mailbox that is full."""
    registration = RegistrationFactory()
    return mail_about(registration, "confirmation", came_back_at=timezone.now(), last_error="552 5.2.2 Mailbox full")


def mail_about(registration, kind, **more):
    sent = {"status": "sent", "sent_at": timezone.now()} | more
    return MessageFactory(kind=kind, registration=registration, participant=registration.participant, **sent)


@pytest.mark.parametrize(
    ("kind", "state", "is_seen_to"),
    [
        ("confirmation", {}, True),
        ("rescheduled", {}, True),
        ("rescheduled", {"status": "queued", "sent_at": None}, True),
        ("rescheduled", {"status": "dropped", "sent_at": None}, False),
        ("rescheduled", {"came_back_at": timezone.now(), "settled_at": timezone.now()}, False),
        # It does not say what the confirmation says.
        ("reminder", {}, False),
    ],
)
def test_mail_that_came_back_is_seen_to_by_a_later_one_that_says_as_much(came_back, kind, state, is_seen_to):
    mail_about(came_back.registration, kind, **state)

    assert (came_back not in not_arrived.to_see_to()) == is_seen_to


def test_reminder_that_came_back_is_seen_to_by_whatever_came_later(came_back):
    Message.objects.update(kind="reminder")

    mail_about(came_back.registration, "published")

    assert not not_arrived.to_see_to().exists()


def test_list_that_came_back_is_seen_to_by_its_like(came_back):
    Message.objects.update(kind="summary", registration=None)
    other = MessageFactory(kind="already_registered", participant=came_back.participant, status="sent")
    assert list(not_arrived.to_see_to()) == [came_back]

    Message.objects.filter(pk=other.pk).update(kind="summary")

    assert not not_arrived.to_see_to().exists()
