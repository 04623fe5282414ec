"""Delivering mails by SMTP: claims, results, retries."""

from contextlib import contextmanager
from datetime import timedelta
from time import sleep

import psycopg2
import pytest
from django.db import connection
from django.utils import timezone

from registrations.mail import delivery, retries
from registrations.models import Message
from tests.factories import MessageFactory
from tests.support.registrations.mail_run import deliver

pytestmark = pytest.mark.django_db

# In a test its beginning and its end are savepoints, which count.
TRANSACTION = 2


def test_mail_goes_out_in_its_stored_octets(smtp_server):
    message = MessageFactory()

    [sent] = deliver(message)

    [mail] = smtp_server.mails
    assert (mail.octets, mail.rcpt_tos) == (bytes(message.octets), (message.recipient,))
    assert (sent.status, sent.attempts, sent.leased_until) == (Message.Status.SENT, 1, None)


def test_mail_that_was_sent_is_not_sent_again(smtp_server):
    message = MessageFactory()
    deliver(message)

    deliver(message)

    assert len(smtp_server.mails) == 1


def test_mail_that_somebody_else_claimed_is_passed_over(smtp_server):
    message = MessageFactory(status="sending", leased_until=timezone.now() + timedelta(seconds=30))

    deliver(message)

    assert smtp_server.mails == []


@pytest.mark.django_db(transaction=True)
def test_mail_that_a_change_of_its_slot_holds_is_passed_over_and_holds_up_nobody(smtp_server):
    held, free = MessageFactory(), MessageFactory()

    with other_connection() as other, other.cursor() as cursor:
        cursor.execute("SELECT FROM registrations_message WHERE id = %s FOR UPDATE", [held.pk])
        waiting, sent = deliver(held, free)

    assert (waiting.status, waiting.attempts, sent.status) == (Message.Status.QUEUED, 0, Message.Status.SENT)


def test_claim_of_a_dead_worker_is_taken_over_when_its_lease_ran_out(smtp_server):
    message = MessageFactory(status="sending", leased_until=timezone.now() - timedelta(seconds=1), attempts=1)

    [sent] = deliver(message)

    assert (sent.status, sent.attempts) == (Message.Status.SENT, 2)


def test_only_the_latest_claim_records_its_result():
    message = MessageFactory(status="sending", attempts=2)
    late = Message.objects.get(pk=message.pk)
    late.attempts = 1

    late.record_failed("a worker that was thought dead")

    message.refresh_from_db()
    assert (message.status, message.last_error) == (Message.Status.SENDING, "")


def test_refusal_with_4xx_is_tried_again_later(smtp_server):
    smtp_server.answer_recipient = lambda address: "451 4.3.0 try later"
    before = timezone.now()

    [message] = deliver(MessageFactory())

    assert (message.status, message.attempts) == (Message.Status.QUEUED, 1)
    assert message.due_at >= before + timedelta(seconds=retries.RETRY_SECONDS[0])
    assert "451" in message.last_error


def test_refusal_with_5xx_is_final_and_holds_up_nobody(smtp_server):
    bad, good = MessageFactory(recipient="gone@example.net"), MessageFactory()
    smtp_server.answer_recipient = lambda address: "550 5.1.1 unknown" if address == bad.recipient else None

    failed, sent = deliver(bad, good)

    assert (failed.status, sent.status) == (Message.Status.FAILED, Message.Status.SENT)
    assert "550" in failed.last_error


@pytest.mark.parametrize("stage", ["answer_sender", "answer_recipient", "answer_mail"])
def test_log_says_what_the_server_said_but_not_to_whom(smtp_server, caplog, stage):
    key = "s3cret-Key_of-144-bits00"
    said = f"451 4.7.1 <amina@example.org> wrote of https://a.example/my/{key}/ too often {'again ' * 100}"
    setattr(smtp_server, stage, lambda _: said)

    [message] = deliver(MessageFactory(recipient="amina@example.org"))

    assert ": 451 4.7.1 <(address)> wrote of https://a.example/my/(key)/ too often again" in message.last_error
    assert len(message.last_error) < 350
    assert f"mail {message.pk} waits for another try: {message.last_error}" in caplog.messages


def test_unreachable_server_is_tried_again(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    [message] = deliver(MessageFactory())

    assert message.status == Message.Status.QUEUED
    assert "ConnectionRefusedError" in message.last_error


@pytest.mark.django_db(transaction=True)
def test_sent_mail_is_recorded_although_the_database_hangs_up_meanwhile(smtp_server):
    message = MessageFactory()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [mine] = cursor.fetchone()
    smtp_server.answer_mail = lambda mail: hang_up(mine)

    [sent] = deliver(message)

    assert (sent.status, sent.attempts) == (Message.Status.SENT, 1)
    assert len(smtp_server.mails) == 1


def hang_up(backend):
    with other_connection() as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])


@contextmanager
def other_connection():
    where = connection.settings_dict
    names = {"host": where["HOST"], "port": where["PORT"], "user": where["USER"], "dbname": where["NAME"]}
    other = psycopg2.connect(password=where["PASSWORD"], **names)
    try:
        yield other
    finally:
        other.close()


def test_mails_that_a_slow_server_leaves_no_time_for_wait_unclaimed(smtp_server, monkeypatch):
    monkeypatch.setattr(delivery, "CLAIM_SECONDS", 0.2)
    smtp_server.answer_mail = lambda mail: sleep(0.3)

    first, second = deliver(MessageFactory(), MessageFactory())

    assert (first.status, second.status, second.attempts) == (Message.Status.SENT, Message.Status.QUEUED, 0)


def test_mail_put_back_for_want_of_time_leaves_with_the_next_claim(smtp_server, monkeypatch):
    monkeypatch.setattr(delivery, "FRESH_SECONDS", 0)
    messages = [MessageFactory() for _ in range(3)]

    sent = deliver(*messages)

    assert [(mail.status, mail.attempts) for mail in sent] == [(Message.Status.SENT, 1)] * 3
    assert [mail.octets for mail in smtp_server.mails] == [bytes(message.octets) for message in messages]


def test_mails_of_more_than_one_claim_leave_in_their_order(smtp_server, monkeypatch):
    monkeypatch.setattr(delivery, "FIRST_CLAIM", 2)
    messages = [MessageFactory() for _ in range(5)][::-1]

    deliver(*messages)

    assert [mail.octets for mail in smtp_server.mails] == [bytes(message.octets) for message in messages]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("fresh_seconds", "first_claim", "claimed"),
    [(60, 1, [1, 2, 1, 3, 2, 1]), (0, 4, [4, 1, 1, 1, 1, 1])],
    ids=["all in time", "all but one late"],
)
def test_claim_is_twice_the_last_one_or_what_left_of_it_in_time(
    smtp_server, monkeypatch, fresh_seconds, first_claim, claimed
):
    monkeypatch.setattr(delivery, "FRESH_SECONDS", fresh_seconds)
    monkeypatch.setattr(delivery, "FIRST_CLAIM", first_claim)
    messages, seen = [MessageFactory() for _ in range(6)], []
    sending = Message.objects.filter(status=Message.Status.SENDING)
    # The server asks in a thread of its own, which sees what is committed only.
    smtp_server.answer_recipient = lambda address: seen.append(sending.count())

    deliver(*messages)

    assert seen == claimed


def test_newest_mails_leave_before_a_long_queue_and_those_of_one_moment_in_their_order(smtp_server):
    now = timezone.now()
    MessageFactory.create_batch(3, due_at=now - timedelta(seconds=2))
    new = MessageFactory.create_batch(2, due_at=now)

    delivery.deliver_newest(2)

    assert [mail.rcpt_tos for mail in smtp_server.mails] == [(message.recipient,) for message in new]


@pytest.mark.django_db(transaction=True)
def test_each_mail_is_recorded_before_the_next_one_is_begun(smtp_server):
    first, second = MessageFactory(), MessageFactory()
    states = []
    smtp_server.answer_recipient = lambda address: states.append(Message.objects.get(pk=first.pk).status)

    # The server asks in a thread of its own, which sees what is committed only.
    deliver(first, second)

    assert states == [Message.Status.SENDING, Message.Status.SENT]


def test_what_a_mail_more_asks_of_the_database(smtp_server, django_assert_num_queries):
    """To be recorded; all else is asked for all of them at once, also whether there are rehearsals."""
    one, three = [MessageFactory()], [MessageFactory() for _ in range(3)]

    with django_assert_num_queries(TRANSACTION + 7):
        delivery.deliver([message.pk for message in one])
    with django_assert_num_queries(TRANSACTION + 9):
        delivery.deliver([message.pk for message in three])


def test_no_mails_are_no_fault(smtp_server):
    assert deliver() == []


@pytest.mark.parametrize("began", range(31))
def test_outage_of_30_seconds_delays_a_mail_by_less_than_a_minute_after_it(began):
    tries, clock = [began], timedelta(seconds=5)
    while tries[-1] < 30:
        tries.append(tries[-1] + (retries.delay(len(tries)) + clock).total_seconds())

    assert tries[-1] - 30 < 60


def test_mail_is_given_up_after_three_days(smtp_server):
    smtp_server.answer_recipient = lambda address: "451 4.3.0 try later"
    message = MessageFactory(refused_since=timezone.now() - timedelta(days=4))

    [given_up] = deliver(message)

    assert given_up.status == Message.Status.FAILED


def test_pauses_grow_to_an_hour():
    pauses = [retries.delay(attempt).total_seconds() for attempt in range(1, 15)]

    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (10, 3600)


def test_due_are_waiting_mails_and_abandoned_ones():
    now = timezone.now()
    waiting = MessageFactory(due_at=now - timedelta(seconds=2))
    abandoned = MessageFactory(status="sending", due_at=now, leased_until=now)
    MessageFactory(due_at=now + timedelta(minutes=1))
    MessageFactory(status="sent")
    MessageFactory(status="sending", leased_until=now + timedelta(minutes=1))

    assert delivery.due(limit=10) == [waiting.pk, abandoned.pk]
