"""Anyone who cancels and comes back to a session reads "You are registered" last."""

import pytest
from django.utils import timezone

from registrations.enrolment import enrolment
from registrations.mail import delivery
from registrations.models import Message, Registration
from tests.factories import OccurrenceFactory
from tests.support.calendar_stores import STORES
from tests.support.registrations.mail_trouble import (
    TROUBLES,
    all_is_due,
    everything_leaves,
    in_days,
    live_entries,
    refuse_at_first,
    relay,
)
from tests.support.registrations.signing_up import register
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db


def cancel(registration):
    enrolment.cancel(registration_id=registration.pk, now=timezone.now())


def come_back(registration) -> Registration:
    ids = {"participant": registration.participant, "occurrence_id": registration.occurrence_id}
    return enrolment.add_session(now=timezone.now(), **ids)


def subjects(server) -> list[str]:
    return [mail.message["Subject"].split(":")[0] for mail in server.mails]


@pytest.fixture
def registration():
    [registration] = register(OccurrenceFactory(starts_at=in_days(10)), now=timezone.now())
    return registration


@pytest.mark.parametrize("trouble", first_always(TROUBLES))
@pytest.mark.parametrize("heard_before", [True, False])
def test_cancelling_is_told_before_the_new_registration(smtp_server, registration, trouble, heard_before):
    if heard_before:
        relay()
    cancel(registration)
    trouble(smtp_server)
    again = come_back(registration)
    # The new one first.
    Message.objects.filter(registration=again).update(due_at=timezone.now())
    relay()

    everything_leaves()

    assert subjects(smtp_server)[-2:] == ["You cancelled", "Your registration"]
    assert live_entries(smtp_server) == [{again.uid: again.occurrence.starts_at}] * len(STORES)


def test_new_registration_is_tried_when_the_mail_before_it_is_due(smtp_server, registration):
    relay()
    cancel(registration)
    refuse_at_first(smtp_server)
    again = come_back(registration)

    delivery.deliver([Message.objects.get(registration=again).pk])

    cancelled, confirmation = Message.objects.unsent().order_by("pk")
    assert (confirmation.due_at, confirmation.attempts) == (cancelled.due_at, 0)


def test_mail_that_fails_for_good_holds_up_nobody_who_came_back(smtp_server, registration):
    relay()
    cancel(registration)
    smtp_server.answer_recipient = lambda address: "550 5.2.2 mailbox full"
    relay()
    smtp_server.answer_recipient = lambda address: None
    come_back(registration)
    all_is_due()

    relay()

    assert subjects(smtp_server)[-1] == "Your registration"
    assert len(smtp_server.mails) == 2


def test_cancelling_once_more_is_told_last(smtp_server, registration):
    relay()
    cancel(registration)
    refuse_at_first(smtp_server)
    cancel(come_back(registration))

    everything_leaves()

    assert live_entries(smtp_server) == [{}] * len(STORES)
    assert subjects(smtp_server)[1:] == ["You cancelled", "You cancelled"]
