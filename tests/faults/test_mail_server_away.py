"""The mail server refuses, falls silent or hangs up while people sign up: mails are late, and none is lost."""

import threading
from collections import Counter

import pytest
from django.utils import timezone

from registrations.mail import health, outbox
from registrations.models import Message
from tests.faults.crowd import ACCEPTED
from tests.faults.waiting import wait_until

pytestmark = pytest.mark.fault

WORKER_PROCESSES = 2
# In production 20 and 50; the shapes of what happens are the same.
IMPATIENT = {"EMAIL_TIMEOUT": "2", "MAIL_LEASE_SECONDS": "10"}


def test_mails_follow_within_a_minute_when_the_server_was_refusing(
    crowd, start_processes, smtp_server, everybody_has_their_mail
):
    start_processes("worker", "beat")

    with crowd.at_work():
        crowd.wait_for_more(20, ACCEPTED)
        smtp_server.stop()
        crowd.wait_for_more(20, ACCEPTED)
    wait_until(some_tries_have_failed)
    smtp_server.start_again()

    everybody_has_their_mail(crowd)


def test_mails_follow_within_a_minute_when_the_server_was_silent(
    crowd, start_processes, smtp_server, everybody_has_their_mail
):
    start_processes("worker", "beat", **IMPATIENT)
    wakes = threading.Event()

    with crowd.at_work():
        crowd.wait_for_more(20, ACCEPTED)
        smtp_server.answer_recipient = lambda address: wakes.wait(60) and None
        crowd.wait_for_more(20, ACCEPTED)
    wait_until(some_tries_have_failed)
    smtp_server.answer_recipient = lambda address: None
    wakes.set()

    everybody_has_their_mail(crowd)


def test_only_mails_whose_answer_was_cut_come_twice_and_they_are_the_same(
    crowd, start_processes, smtp_server, everybody_has_their_mail
):
    start_processes("worker", "beat")
    unlucky = [f"person{number}@example.org" for number in range(0, 30, 10)]
    smtp_server.is_cut = lambda mail: mail.rcpt_tos[0] in unlucky and not has_come(smtp_server.cut, mail)

    with crowd.at_work():
        crowd.wait_for_more(30, ACCEPTED)

    everybody_has_their_mail(crowd)
    assert sorted(mail.rcpt_tos[0] for mail in smtp_server.cut) == sorted(unlucky)
    again = [mail for mail in smtp_server.mails if mail.rcpt_tos[0] in unlucky]
    assert Counter(mail.octets for mail in again) == Counter(mail.octets for mail in smtp_server.cut)


def test_one_refused_address_holds_up_nobody_and_gets_its_mail_when_staff_send_it_again(
    crowd, start_processes, smtp_server, everybody_has_their_mail
):
    # Given a server that never takes mails for one person, and those for another at the second try only
    start_processes("worker", "beat")
    refused, later = "person0@example.org", ["person1@example.org"]
    smtp_server.answer_recipient = lambda address: answer(address, refused, later)

    # When they and others sign up
    with crowd.at_work():
        crowd.wait_for_more(30, ACCEPTED)

    # Then staff see the one with the reason, and everybody else has their mail
    wait_until(lambda: not Message.objects.unsent().exists())
    [failed] = Message.objects.failed()
    assert (failed.recipient, failed.attempts) == (refused, 1)
    assert "550" in failed.last_error
    untold = health.lacking_a_mail(timezone.now() + 2 * health.LATE_AFTER)
    assert list(untold.values_list("participant__email", flat=True)) == [refused]

    # And once the address is corrected and the button was pressed, that person as well
    smtp_server.answer_recipient = lambda address: None
    assert outbox.requeue_failed(mails=Message.objects.all(), now=timezone.now()) == 1
    everybody_has_their_mail(crowd)


def answer(address, refused, later):
    if address == refused:
        return "550 5.1.1 nobody of this name"
    if address in later:
        later.remove(address)
        return "451 4.3.0 try later"
    return None


def has_come(mails, mail) -> bool:
    return any(earlier.rcpt_tos == mail.rcpt_tos for earlier in mails)


def some_tries_have_failed() -> bool:
    return Message.objects.unsent().exclude(last_error="").count() >= WORKER_PROCESSES
