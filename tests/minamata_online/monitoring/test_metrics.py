"""Numbers for Prometheus: who may read them, and that they are those of the database."""

import re
import shutil
from datetime import timedelta
from ipaddress import ip_network

import pytest
import redis
from django.utils import timezone

from minamata_online.monitoring import answers
from registrations import last_runs
from registrations.models import Message
from tests.factories import MessageFactory, RegistrationFactory
from tests.support import running

pytestmark = pytest.mark.django_db(transaction=True)

LINE = re.compile(r'[a-z_]+(\{[a-z]+="[a-z0-9_]+"\})? [0-9.e+-]+')
TOKEN = "0123456789abcdef-of-the-watcher"


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def numbers(client, settings):
    """Call it for a dict of the lines."""
    settings.METRICS_TOKEN = TOKEN

    def read():
        text = client.get("/metrics", headers=bearer(TOKEN)).text
        return dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))

    return read


def test_nobody_reads_them_unless_a_setting_says_so(client):
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers=bearer("")).status_code == 404


def test_token_opens_them_and_another_does_not(client, settings):
    settings.METRICS_TOKEN = TOKEN

    answers = [client.get("/metrics", headers=bearer(told)).status_code for told in (TOKEN, TOKEN + "x", "", "é")]

    assert answers == [200, 404, 404, 404]


def test_allowed_network_opens_them_whatever_a_stranger_says_of_theirs(client, settings):
    settings.METRICS_ALLOWED, settings.TRUSTED_PROXIES = [ip_network("10.1.0.0/16")], 1

    def ask(forwarded):
        return client.get("/metrics", headers={"X-Forwarded-For": forwarded}).status_code

    assert [ask("10.1.2.3"), ask("10.1.2.3, 203.0.113.9"), ask("203.0.113.9, 10.1.2.3"), ask("::1")] == [
        *(200, 404, 200, 404)
    ]


def test_numbers_are_those_of_the_database(numbers):
    for status in ("queued", "queued", "failed", "sent"):
        MessageFactory(status=status)
    RegistrationFactory(registered_at=timezone.now() - timedelta(minutes=6))
    RegistrationFactory(status="cancelled")

    read = numbers()

    mails = {status: read[f'minamata_mails{{state="{status}"}}'] for status in Message.Status.values}
    assert mails == {"queued": "2", "sending": "0", "sent": "1", "failed": "1", "dropped": "0", "included": "0"}
    assert read['minamata_registrations{status="confirmed"}'] == "1"
    assert read["minamata_registrations_lacking_a_mail"] == "1"
    assert float(read["minamata_mail_oldest_due_seconds"]) < 60


def test_ages_are_those_of_the_last_runs(numbers):
    minutes = {last_runs.BEAT: 1, running.WORKER: 2, "relay": 3, "reminders": 4, "data_clock": 5}
    for name, number in minutes.items():
        running.ran(name, ago=timedelta(minutes=number))
    running.ran(f"{last_runs.WORKER} celery@there 8", ago=timedelta(minutes=9))

    read = numbers()

    names = ["minamata_beat_age_seconds", "minamata_worker_heartbeat_age_seconds"]
    names += [f'minamata_last_run_age_seconds{{name="{name}"}}' for name in ("relay", "reminders", "data_clock")]
    assert [float(read[name]) // 60 for name in names] == [1, 2, 3, 4, 5]
    assert read["minamata_workers"] == "0"
    assert 'minamata_last_run_age_seconds{name="calendar_replies"}' not in read


def test_age_of_what_never_ran_is_that_of_the_process_at_least(numbers):
    before = last_runs.uptime().total_seconds()

    read = numbers()

    assert float(read["minamata_beat_age_seconds"]) == pytest.approx(before, abs=5)
    assert float(read['minamata_last_run_age_seconds{name="relay"}']) == pytest.approx(before, abs=5)


def test_living_workers_are_counted(numbers):
    for number in range(3):
        running.ran(f"{last_runs.WORKER} celery@there {number}")
    running.ran(running.WORKER, ago=timedelta(minutes=1))

    assert numbers()["minamata_workers"] == "3"


def test_queues_are_counted(numbers, broker):
    MessageFactory.create_batch(2, status="queued")
    MessageFactory(status="sent")
    broker.lpush("celery", "a task", "another", "a third")
    broker.hset("unacked", "one", "taken")

    read = numbers()

    assert read['minamata_queue_length{queue="database"}'] == "2"
    assert read['minamata_queue_length{queue="broker"}'] == "3"
    assert read["minamata_tasks_unacknowledged"] == "1"


@pytest.fixture
def broker(settings):
    with redis.from_url(settings.CELERY_BROKER_URL) as client:
        client.flushdb()
        yield client
        client.flushdb()


def test_each_part_says_whether_it_can_be_written(numbers, settings):
    assert [numbers()[f'minamata_can_write{{part="{part}"}}'] for part in ("database", "broker")] == ["1", "1"]

    settings.CELERY_BROKER_URL = "redis://127.0.0.1:9/0"
    read = numbers()

    assert [read[f'minamata_can_write{{part="{part}"}}'] for part in ("database", "broker")] == ["1", "0"]
    assert 'minamata_queue_length{queue="broker"}' not in read


def test_room_of_a_folder_that_does_not_exist_yet_is_that_of_its_disk(numbers, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "not" / "yet")

    free = float(numbers()["minamata_media_free_bytes"])

    assert free == pytest.approx(shutil.disk_usage(tmp_path).free, rel=0.1)


def test_folder_that_the_system_refuses_to_look_at_hides_no_other_number(numbers, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / ("x" * 300))

    read = numbers()

    assert "minamata_media_free_bytes" not in read
    assert read['minamata_can_write{part="database"}'] == "1"


def test_answers_are_counted_by_class(numbers):
    before = answers.of_server().totals()
    for status in ("200 OK", "204", "302 Found", "503"):
        answers.of_server().add(status)

    read = numbers()

    more = {name: int(read[f'minamata_answers_total{{status="{name}"}}']) - number for name, number in before.items()}
    assert more == {"1xx": 0, "2xx": 2, "3xx": 1, "4xx": 0, "5xx": 1}


def test_every_line_is_of_the_text_format(client, settings):
    settings.METRICS_TOKEN = TOKEN
    mail = MessageFactory()

    answer = client.get("/metrics", headers=bearer(TOKEN))

    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    samples = [line for line in answer.text.splitlines() if not line.startswith("#")]
    assert len(samples) > 8
    assert [line for line in samples if not LINE.fullmatch(line)] == []
    assert mail.recipient not in answer.text
