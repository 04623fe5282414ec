"""The summary of a sign-up tells of the moment at which it leaves."""

import pytest
from django.utils import timezone

from registrations import links
from registrations.enrolment import enrolment
from registrations.models import Message
from tests.factories import OccurrenceFactory
from tests.support.calendar_stores import STORES
from tests.support.registrations.mail_trouble import everything_leaves, in_days, live_entries, refuse_at_first
from tests.support.registrations.signing_up import register

pytestmark = pytest.mark.django_db


def test_summary_tells_of_what_is_left_when_it_leaves(smtp_server):
    slots = [OccurrenceFactory(starts_at=in_days(10), session__title="Mercury")]
    slots.append(
        OccurrenceFactory(session__season=slots[0].session.season, starts_at=in_days(12), session__title="Gold")
    )
    first, _second = register(*slots, now=timezone.now())
    refuse_at_first(smtp_server)
    enrolment.cancel(registration_id=first.pk, now=timezone.now())

    everything_leaves()

    message_id = Message.objects.get(kind="summary").message_id
    [summary] = [mail for mail in smtp_server.mails if mail.message["Message-ID"] == message_id]
    said = summary.message.get_body(("plain",)).get_content().partition("About this mail")[0]
    assert ("Gold" in said, "Mercury" in said) == (True, False)


def test_summary_of_sessions_that_are_all_cancelled_is_dropped_and_its_words_are_in_the_others(smtp_server):
    slots = [OccurrenceFactory(starts_at=in_days(10))]
    slots.append(OccurrenceFactory(session__season=slots[0].session.season, starts_at=in_days(12)))
    registrations = register(*slots, now=timezone.now())
    refuse_at_first(smtp_server)
    for registration in registrations:
        enrolment.cancel(registration_id=registration.pk, now=timezone.now())

    everything_leaves()

    assert Message.objects.get(kind="summary").status == Message.Status.DROPPED
    said = [mail.message.get_body(("plain",)).get_content() for mail in smtp_server.mails]
    assert len(said) == 2
    assert all(links.my_season(registrations[0].participant) in text for text in said)
    assert live_entries(smtp_server) == [{}] * len(STORES)
