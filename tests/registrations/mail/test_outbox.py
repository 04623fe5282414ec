"""Storing mails with what they tell of, and telling the worker after the commit."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from registrations.mail import outbox
from registrations.models import Message
from tests.factories import MessageFactory, ParticipantFactory
from tests.support.workers import empty_broker


def draft(participant, key="confirmation:1"):
    return MessageFactory.build(participant=participant, dedupe_key=key, message_id=f"<{key}@minamata.test>")


@pytest.mark.django_db
def test_mail_of_a_known_key_is_posted_once():
    participant = ParticipantFactory()
    outbox.post([draft(participant)])

    outbox.post([draft(participant)])

    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_mail_of_a_transaction_that_fails_does_not_exist():
    participant = ParticipantFactory()

    with transaction.atomic():
        outbox.post([draft(participant)])
        transaction.set_rollback(True)

    assert Message.objects.count() == 0


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_worker_delivers_after_the_commit(worker, smtp_server):
    participant = ParticipantFactory()

    outbox.post([draft(participant, "a"), draft(participant, "b")])

    mails = smtp_server.wait_for(2)
    assert [mail.message["Message-ID"] for mail in mails] == ["<a@minamata.test>", "<b@minamata.test>"]


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_worker_delivers_new_mails_in_their_order_but_those_that_have_to_wait(worker, smtp_server):
    participant = ParticipantFactory()
    drafts = [draft(participant, key) for key in ("b", "later", "a")]
    drafts[1].due_at += timedelta(minutes=10)

    outbox.post_new(drafts)

    mails = smtp_server.wait_for(2)
    assert [mail.message["Message-ID"] for mail in mails] == ["<b@minamata.test>", "<a@minamata.test>"]
    assert Message.objects.get(dedupe_key="later").status == Message.Status.QUEUED


@pytest.mark.django_db
def test_new_mail_that_is_known_after_all_is_an_error():
    participant = ParticipantFactory()
    outbox.post([draft(participant)])

    with pytest.raises(IntegrityError), transaction.atomic():
        outbox.post_new([draft(participant)])

    assert Message.objects.count() == 1


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_clock_delivers_what_no_worker_was_told_of(worker, beat, smtp_server):
    empty_broker()

    message = MessageFactory()

    [mail] = smtp_server.wait_for(1)
    assert mail.octets == bytes(message.octets)
