"""The number that staff confirm is that of the rows and of the mails at the SMTP server, also taken back half-way."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registrations.circulars import sending
from registrations.mail import delivery
from registrations.models import Message
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.registrations.circulars import draft, send

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, BEFORE_RECALL = 30, 12


@pytest.fixture
def sent(settings):
    """Leaves at once."""
    settings.RECALL_MINUTES = 0
    slot = OccurrenceFactory(starts_at=timezone.now() + timedelta(days=3))
    RegistrationFactory.create_batch(PEOPLE, occurrence=slot)
    return send(draft(slot.session.season, sessions=(slot.session_id,)), now=timezone.now())


def leave(number):
    delivery.deliver(list(Message.objects.due(timezone.now()).order_by("pk").values_list("pk", flat=True)[:number]))


def mailboxes(server) -> list[str]:
    return sorted(mailbox for mail in server.mails for mailbox in mail.rcpt_tos)


def addresses() -> list[str]:
    return sorted(Message.objects.filter(status="sent").values_list("recipient", flat=True))


def test_each_of_those_counted_has_one_mail(smtp_server, sent):
    leave(PEOPLE)

    assert (sent.people, Message.objects.count(), len(set(mailboxes(smtp_server)))) == (PEOPLE, PEOPLE, PEOPLE)
    assert mailboxes(smtp_server) == addresses()


def test_taken_back_half_way_what_has_left_stays_and_nothing_more_leaves(smtp_server, sent):
    leave(BEFORE_RECALL)

    silent = sending.take_back(circular_id=sent.pk, now=timezone.now())
    leave(PEOPLE)

    assert (silent, len(smtp_server.mails)) == (PEOPLE - BEFORE_RECALL, BEFORE_RECALL)
    assert mailboxes(smtp_server) == addresses()
