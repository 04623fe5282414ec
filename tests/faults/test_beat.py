"""Celery beat dies, or runs twice by mistake: mails wait for it, and nothing comes twice."""

from collections import Counter
from datetime import timedelta

import pytest
from celery import current_app
from django.utils import timezone
from kombu import Connection

from registrations.models import Message, ReminderRound
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.faults.crowd import ACCEPTED
from tests.faults.waiting import wait_until

pytestmark = pytest.mark.fault

WITHOUT_MAIL, PEOPLE, BEATS = 20, 20, 8


def test_mails_wait_for_a_dead_beat_and_leave_once_with_two_new_ones(
    servers, crowd, start_processes, everybody_has_their_mail
):
    # Given a worker whose beat was killed
    _worker, beat = start_processes("worker", "beat")
    beat.kill()

    # When people sign up while the worker cannot be told of their mails
    with crowd.at_work():
        servers.kill_valkey()
        crowd.wait_for_more(WITHOUT_MAIL, ACCEPTED)
        servers.start_valkey_again()
    assert Message.objects.unsent().count() >= WITHOUT_MAIL
    start_processes("worker", "beat", "beat")

    # Then the new ones have them found
    everybody_has_their_mail(crowd)


def test_eight_beats_at_once_remind_everybody_once(servers, start_processes, smtp_server):
    starts_at = timezone.now() + timedelta(minutes=55)
    slot = OccurrenceFactory(starts_at=starts_at, session__season__reminder_hours="1")
    long_ago = timezone.now() - timedelta(days=7)
    people = [f"person{number}@example.org" for number in range(PEOPLE)]
    for address in people:
        person = ParticipantFactory(season=slot.session.season, email=address)
        RegistrationFactory(participant=person, occurrence=slot, registered_at=long_ago)
    workers = start_processes("worker", "worker", "beat")[:2]

    with Connection(servers.broker_url) as broker:
        for task in ["post_reminders"] * BEATS + ["relay"] * BEATS:
            current_app.send_task(f"registrations.tasks.{task}", connection=broker)

    wait_until(lambda: sum(ended(worker, "post_reminders") for worker in workers) >= BEATS)
    wait_until(lambda: sum(ended(worker, "relay") for worker in workers) >= BEATS)
    smtp_server.wait_for(PEOPLE, timeout=60)
    wait_until(lambda: not Message.objects.unsent().exists())
    assert Counter(mail.rcpt_tos[0] for mail in smtp_server.mails) == dict.fromkeys(people, 1)
    assert ReminderRound.objects.count() == 1


def ended(worker, task) -> int:
    return sum(f"registrations.tasks.{task}" in line and "succeeded" in line for line in list(worker.lines))
