"""A worker dies while people sign up: everybody still gets their mail."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection
from django.utils import timezone

from registrations import enrolment
from registrations.models import Message, Registration
from tests.factories import OccurrenceFactory

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]

PEOPLE = 60
SHORT_LEASE = {"MAIL_LEASE_SECONDS": "3"}


def test_no_mail_is_missing_when_the_worker_is_killed_during_a_load(start_celery, smtp_server):
    # Given a worker and its clock, and a mail server that holds the tenth mail until the worker is dead
    dead = Event()
    smtp_server.answer_mail = lambda mail: dead.wait(30) and None if len(smtp_server.mails) >= 10 else None
    worker, _clock = start_celery("worker", **SHORT_LEASE), start_celery("beat")
    slot = OccurrenceFactory()

    # When people sign up, and the worker is killed with mails in its hands and started again
    with ThreadPoolExecutor(4) as crowd:
        sign_ups = [crowd.submit(sign_up, slot, number) for number in range(PEOPLE)]
        smtp_server.wait_for(10)
        worker.kill()
        held = Message.objects.filter(status=Message.Status.SENDING).count()
        dead.set()
        worker.start()
        for done in sign_ups:
            done.result()

    # Then every confirmed person has a mail, and what came twice is the same mail
    assert held >= 1
    smtp_server.wait_until(lambda mails: len({mail.octets for mail in mails}) == PEOPLE, timeout=60)
    received = Counter(mail.message["Message-ID"] for mail in smtp_server.mails)
    assert set(received) == set(Message.objects.values_list("message_id", flat=True))
    assert Registration.objects.confirmed().count() == PEOPLE


def sign_up(slot, number):
    try:
        enrolment.register(
            season=slot.session.season,
            email=f"person{number}@example.net",
            details=enrolment.Details(f"Person {number}", "", "404", "party", "en", "Africa/Nairobi", ""),
            consent=enrolment.Consent("1", "Agreed."),
            occurrence_ids=[slot.pk],
            submission=f"form-{number}",
            now=timezone.now(),
        )
    finally:
        connection.close()
