"""Valkey is a convenience: without it a sign-up succeeds at once, and its mail follows when it is back."""

import os
import subprocess
import sys

import pytest

from registrations.models import Message
from tests import workers
from tests.factories import OccurrenceFactory

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]

NOBODY_LISTENS = {"REDIS_URL": "redis://127.0.0.1:9/0"}
SIGN_UP = """
import sys, time
import django
django.setup()
from django.utils import timezone
from sessions.models import Occurrence
from tests.registrations.signing_up import register

begun = time.monotonic()
register(Occurrence.objects.get(pk=int(sys.argv[1])), now=timezone.now())
print(time.monotonic() - begun)
"""


def test_sign_up_without_a_broker_succeeds_and_its_mail_follows(start_celery, smtp_server):
    slot = OccurrenceFactory()

    seconds = sign_up_in_a_process_without_broker(slot, smtp_server)

    assert seconds < 3
    assert Message.objects.unsent().count() == 1
    start_celery("worker")
    start_celery("beat")
    [mail] = smtp_server.wait_for(1)
    assert mail.octets == bytes(Message.objects.get().octets)


def sign_up_in_a_process_without_broker(slot, smtp_server) -> float:
    environment = os.environ | workers.environment_for(smtp_server) | NOBODY_LISTENS
    environment["DJANGO_SETTINGS_MODULE"] = "minamata_online.settings"
    command = [sys.executable, "-c", SIGN_UP, str(slot.pk)]
    run = subprocess.run(command, cwd=workers.ROOT, env=environment, capture_output=True, text=True, check=True)
    return float(run.stdout.splitlines()[-1])
