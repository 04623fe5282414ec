"""Storing mails with what they tell of, and telling the worker after the commit."""

from datetime import timedelta

import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from registrations.mail import delivery, outbox
from registrations.models import Message
from tests.factories import MessageFactory, ParticipantFactory
from tests.support.workers import empty_broker, waiting_tasks

NOW = timezone.now()


def draft(participant, key="confirmation:1"):
    """Mails of one form have one moment."""
    ids = {"dedupe_key": key, "message_id": f"<{key}@minamata.test>"}
    return MessageFactory.build(participant=participant, queued_at=NOW, due_at=NOW, **ids)


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
    # Not counted from NOW: a long run comes here more than ten minutes after this file was read.
    drafts[1].due_at = timezone.now() + timedelta(minutes=10)

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


@pytest.fixture
def tasks(transactional_db):
    """Call it for the tasks that wait for a worker."""
    empty_broker()
    return waiting_tasks


def test_mails_that_are_posted_one_soon_after_the_other_leave_by_one_task(tasks):
    participant = ParticipantFactory()

    for key in "abc":
        outbox.post_new([draft(participant, key)])

    assert tasks() == ["registrations.tasks.deliver_newest"]


def test_mail_posted_after_a_delivery_began_leaves_by_another_task(tasks, smtp_server):
    participant = ParticipantFactory()
    outbox.post_new([draft(participant, "a")])

    delivery.deliver_newest(1)
    outbox.post_new([draft(participant, "b")])

    assert tasks() == ["registrations.tasks.deliver_newest"] * 2


def test_task_that_was_lost_is_asked_for_anew_soon(tasks):
    outbox.post_new([draft(ParticipantFactory())])

    with redis.from_url(settings.REDIS_URL) as broker:
        assert 0 < broker.pttl(cache.make_key(outbox.ASKED)) <= 1000 * outbox.SECONDS_ASKED


def test_mail_that_has_to_wait_needs_no_task(tasks):
    later = draft(ParticipantFactory())
    later.due_at += timedelta(minutes=10)

    outbox.post([later])

    assert tasks() == []


@pytest.mark.django_db
def test_octets_of_mails_are_stored_uncompressed():
    """Compressing them takes as long as all else of storing a mail."""
    of_octets = "attrelid = 'registrations_message'::regclass AND attname = 'octets'"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT attstorage FROM pg_attribute WHERE {of_octets}")
        assert cursor.fetchone() == ("e",)
