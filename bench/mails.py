"""Mails a second: one worker with its outbox, and a bare loop that sends the same octets over one connection."""

import smtplib
import time
from statistics import median
from uuid import uuid4

from celery import current_app
from django.utils import timezone

from bench.arithmetic import verdict
from registrations.models import Message

TARGET = 0.4
PROCESSES, SECONDS = 2, 120


def compare(servers, *, mails, rounds) -> dict:
    octets = bytes(Message.objects.filter(kind="confirmation").exclude(octets=b"").last().octets)
    pairs = [(_worker(servers, octets, mails), _loop(servers, octets, mails)) for _ in range(rounds)]
    ratio = median(ours / loop for (ours, _), loop in pairs)
    return {
        "octets_a_mail": len(octets),
        "worker_mails_a_second": median(ours for (ours, _), _ in pairs),
        "worker_cpu_ms_a_mail": median(cpu for (_, cpu), _ in pairs),
        "loop_mails_a_second": median(loop for _, loop in pairs),
        "ratio": ratio,
        "target": TARGET,
        "verdict": verdict(ratio, TARGET, at_least=True),
    }


def _worker(servers, octets, number) -> tuple[float, float]:
    """Mails a second, and milliseconds of CPU of worker and database for each."""
    _queue(octets, number)
    expected, before, started = servers.mails()[0] + number, servers.cpu("worker", "database"), time.time()
    for _process in range(PROCESSES):
        current_app.send_task("registrations.tasks.relay_on", args=[started + SECONDS])
    ended = servers.wait_for_mails(expected)
    after = servers.cpu("worker", "database")
    return number / (ended - started), 1000 * (sum(after.values()) - sum(before.values())) / number


def _queue(octets, number):
    now, keys = timezone.now(), [uuid4().hex for _ in range(number)]
    rows = [
        Message(
            kind="bench",
            dedupe_key=key,
            recipient=f"{key}@example.net",
            message_id=f"<{key}@bench>",
            octets=octets,
            queued_at=now,
            due_at=now,
        )
        for key in keys
    ]
    Message.objects.bulk_create(rows)


def _loop(servers, octets, number) -> float:
    started = time.time()
    with smtplib.SMTP("127.0.0.1", servers.sink_port) as smtp:
        for n in range(number):
            smtp.sendmail("events@minamata.test", [f"person-{n}@example.net"], octets)
    return number / (time.time() - started)
