"""Mails lose text and address a term after sending; nothing that waits is touched, nothing is sent twice."""

import pytest

from registrations.mail import delivery
from registrations.models import Message
from registrations.privacy import retention
from tests.factories import (
    RegistrationFactory,
)
from tests.support.registrations.old_mails import mail, texts
from tests.support.registrations.signing_up import NOW

pytestmark = pytest.mark.django_db


def test_text_and_address_go_a_month_after_sending_and_the_row_stays():
    old, young = mail("sent", 31), mail("sent", 30, queued_days=33)

    tally = retention.apply(now=NOW)

    old.refresh_from_db()
    assert (tally.mails, texts()) == (1, {young.pk})
    assert (old.status, old.emptied_at, old.dedupe_key != "") == ("sent", NOW, True)


def test_mails_that_never_left_go_a_month_after_queueing_and_those_on_their_way_stay():
    mail("failed", 31), mail("dropped", 31)
    stay = [mail("failed", 29), mail("queued", 31), mail("sending", 31)]

    retention.apply(now=NOW)

    assert texts() == {message.pk for message in stay}


def test_uncomposed_mail_that_was_dropped_loses_its_address():
    mail("dropped", 31, octets=b"", kind="reminder")

    retention.apply(now=NOW)

    assert texts() == set()


def test_emptied_mails_are_not_sent_again_and_their_kind_is_posted_once(smtp_server):
    registration = RegistrationFactory()
    failed = mail("failed", 31, kind="reminder", registration=registration, dedupe_key="reminder:1")
    retention.apply(now=NOW)

    requeued = Message.objects.all().requeue(NOW)
    delivery.deliver([failed.pk])

    assert (requeued, smtp_server.mails) == (0, [])
    assert Message.objects.filter(dedupe_key="reminder:1").exists()


def test_relay_passes_emptied_mails_over(smtp_server):
    mail("sent", 31)
    retention.apply(now=NOW)

    delivery.deliver_due(batch=10, seconds=1)

    assert smtp_server.mails == []
