"""Valkey is a convenience: without it a sign-up succeeds at once, and its mail follows when it is back."""

import json
import os
import signal
import subprocess
import sys

import pytest

from registrations.models import Message
from tests.factories import OccurrenceFactory
from tests.support import workers
from tests.support.loading_broker import loading_broker
from tests.support.registrations.sign_up_form import typed
from tests.support.servers import RealServers, signal_group

pytestmark = [pytest.mark.fault, pytest.mark.counts_seconds, pytest.mark.django_db(transaction=True)]

NOBODY_LISTENS = {"REDIS_URL": "redis://127.0.0.1:9/0"}
SIGN_UP = """
import sys, time
import django
django.setup()
from django.utils import timezone
from sessions.models import Occurrence
from tests.support.registrations.signing_up import register

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


@pytest.fixture
def frozen_valkey(tmp_path):
    """It takes connections, because the kernel does, and never says a word."""
    servers = RealServers(tmp_path / "valkey")
    servers.folder.mkdir()
    address = servers.start_valkey()
    signal_group(servers._started[0], signal.SIGSTOP)
    yield address
    signal_group(servers._started[0], signal.SIGCONT)
    servers.stop()


SEND_FORM = """
import json, sys, time
import minamata_online.wsgi
from django.test import Client

path, sent, number = sys.argv[1], json.loads(sys.argv[2]), int(sys.argv[3])
for person in range(number):
    own = {"name": f"Amina {'x' * person}", "email": f"amina{person}@example.org", "submission": f"form-{person}"}
    begun = time.monotonic()
    answer = Client().post(path, sent | own, headers={"Host": "localhost"})
    print(answer.status_code, time.monotonic() - begun)
"""


def test_sign_up_with_frozen_cache_and_broker_succeeds_within_3_seconds(frozen_valkey, smtp_server):
    slot = OccurrenceFactory()

    answers = send_forms_in_a_process(slot, 4, smtp_server, REDIS_URL=frozen_valkey)

    assert [status for status, _seconds in answers] == ["302"] * 4
    assert max(float(seconds) for _status, seconds in answers) < 3
    assert Message.objects.unsent().count() == 4


def test_sign_up_while_the_broker_reads_its_data_succeeds_within_3_seconds(smtp_server):
    slot = OccurrenceFactory()

    with loading_broker() as address:
        answers = send_forms_in_a_process(slot, 2, smtp_server, REDIS_URL=address)

    assert [status for status, _seconds in answers] == ["302"] * 2
    assert max(float(seconds) for _status, seconds in answers) < 3
    assert Message.objects.unsent().count() == 2


def send_forms_in_a_process(slot, number, smtp_server, **more):
    environment = os.environ | workers.environment_for(smtp_server) | more
    environment["DJANGO_SETTINGS_MODULE"] = "minamata_online.settings"
    path = f"/sign-up/{slot.session.season.slug}/"
    command = [sys.executable, "-c", SEND_FORM, path, json.dumps(typed(slot)), str(number)]
    run = subprocess.run(command, cwd=workers.ROOT, env=environment, capture_output=True, text=True, check=True)
    return [line.split() for line in run.stdout.splitlines()]


def sign_up_in_a_process_without_broker(slot, smtp_server) -> float:
    environment = os.environ | workers.environment_for(smtp_server) | NOBODY_LISTENS
    environment["DJANGO_SETTINGS_MODULE"] = "minamata_online.settings"
    command = [sys.executable, "-c", SIGN_UP, str(slot.pk)]
    run = subprocess.run(command, cwd=workers.ROOT, env=environment, capture_output=True, text=True, check=True)
    return float(run.stdout.splitlines()[-1])
