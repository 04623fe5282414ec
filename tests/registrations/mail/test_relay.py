"""A long queue is worked off by all processes of the worker, and a single mail does not wait for its end."""

import time

import pytest

from registrations import tasks
from registrations.mail import outbox
from registrations.models import Message
from tests.factories import MessageFactory, ParticipantFactory

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]

MANY = 300


def test_two_processes_work_off_what_nobody_hurried(start_celery, smtp_server):
    busy, most = [], [0]

    def count(address):
        busy.append(address)
        most.append(len(busy))
        time.sleep(0.02)
        busy.remove(address)

    smtp_server.answer_recipient = count
    MessageFactory.create_batch(MANY)
    start_celery("worker")

    tasks.relay.delay()

    smtp_server.wait_until(lambda mails: max(most) == 2, timeout=30)


def test_single_mail_passes_a_long_queue(start_celery, smtp_server):
    smtp_server.answer_recipient = lambda address: time.sleep(0.02)
    MessageFactory.create_batch(MANY)
    person = ParticipantFactory(email="single@example.org")
    start_celery("worker")
    tasks.relay.delay()
    smtp_server.wait_for(10, timeout=30)

    outbox.post([MessageFactory.build(participant=person, dedupe_key="single", recipient=person.email)])

    smtp_server.wait_until(lambda mails: any(mail.rcpt_tos == ("single@example.org",) for mail in mails), timeout=60)
    assert Message.objects.unsent().exists()
