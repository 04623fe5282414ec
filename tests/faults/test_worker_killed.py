"""A worker dies while people sign up: everybody still gets their mail."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection
from django.utils import timezone

from registrations.models import Message, Registration
from tests.factories import OccurrenceFactory
from tests.registrations.signing_up import register

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]

PEOPLE = 60
SHORT_LEASE = {"MAIL_LEASE_SECONDS": "3"}


def test_no_mail_is_missing_when_the_worker_is_killed_during_a_load(start_celery, smtp_server):
    # Given a worker and its clock, and a mail server that holds the tenth mail until the worker is dead
    held, dead = Event(), Event()
    smtp_server.answer_mail = lambda mail: hold(held, dead) if len(smtp_server.mails) >= 10 else None
    worker, _clock = start_celery("worker", **SHORT_LEASE), start_celery("beat")
    slot = OccurrenceFactory()

    # When people sign up, and the worker is killed with mails in its hands and started again
    with ThreadPoolExecutor(4) as crowd:
        sign_ups = [crowd.submit(sign_up, slot, number) for number in range(PEOPLE)]
        assert held.wait(30)
        worker.kill()
        dead.set()
        worker.start()
        for done in sign_ups:
            done.result()

    # Then every confirmed person has a mail, and what came twice is the same mail
    smtp_server.wait_until(lambda mails: len({mail.octets for mail in mails}) == PEOPLE, timeout=60)
    received = {mail.message["Message-ID"] for mail in smtp_server.mails}
    assert received == set(Message.objects.values_list("message_id", flat=True))
    assert Registration.objects.confirmed().count() == PEOPLE


def hold(held, dead):
    held.set()
    dead.wait(30)


def sign_up(slot, number):
    try:
        register(slot, email=f"person{number}@example.net", name=f"Person {number}", now=timezone.now())
    finally:
        connection.close()
