"""Numbers for Prometheus, read from database and broker at the moment of asking: so any process gives the same.

The text format is written here: of its client library nothing else would be in use, and that counts for each process.
"""

import hmac
import ipaddress
import logging
import os
import resource
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from minamata_online.monitoring import answers, probes
from registrations import last_runs
from registrations.limits import rates

log = logging.getLogger(__name__)

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@require_safe
@never_cache
def metrics(request):
    """404, as any unknown page, unless asked from METRICS_ALLOWED or with METRICS_TOKEN.

    Without an answer of the database, of the broker or of the disk their numbers are left out, and the rest is told.
    """
    if not (_has_token(request) or _comes_from_allowed(request)):
        raise Http404
    database, broker = probes.database(), probes.broker()
    lines = [*_of_writing(database, broker), *_of_database(database), *_of_queues(database, broker)]
    lines += [*_of_media(), *_of_answers(), *_of_process()]
    return HttpResponse("".join(f"{line}\n" for line in lines), CONTENT_TYPE)


def _has_token(request) -> bool:
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(settings.METRICS_TOKEN) and hmac.compare_digest(token.encode(), settings.METRICS_TOKEN.encode())


def _comes_from_allowed(request) -> bool:
    try:
        client = ipaddress.ip_address(rates.address_of(request))
    except ValueError:
        return False
    return any(client in network for network in settings.METRICS_ALLOWED)


def _of_writing(database, broker) -> Iterator[str]:
    can_write = {"database": int(not database.problem), "broker": int(not broker.problem)}
    yield from _gauge("minamata_can_write", "1 where it answers and a change was stored just now.", "part", can_write)


def _of_database(database) -> Iterator[str]:
    if database.mail is None:
        return
    yield from _of_mails(database.mail)
    yield from _of_runs(database.runs)
    seconds = {"": database.clock_difference.total_seconds()}
    yield from _gauge("minamata_clock_difference_seconds", "Of this machine and that of the database.", "", seconds)
    words = "Registrations for time slots to come."
    yield from _gauge("minamata_registrations", words, "status", database.to_come)


def _of_mails(report) -> Iterator[str]:
    yield from _gauge("minamata_mails", "Mails that still have their text.", "state", report.mails)
    age = report.oldest_due_age.total_seconds()
    yield from _gauge("minamata_mail_oldest_due_seconds", "How long the oldest due mail has been due.", "", {"": age})
    stuck = {"": report.stuck_age.total_seconds()}
    yield from _gauge("minamata_mail_stuck_seconds", "How long no mail has left although some were tried.", "", stuck)
    unprepared = {"": report.oldest_unprepared_age.total_seconds()}
    words = "How long mails of a change of a time slot, or of an announcement, have not been in the outbox."
    yield from _gauge("minamata_change_unprepared_seconds", words, "", unprepared)
    paused = "1 while the mail server refuses the sender, and nothing is sent."
    yield from _gauge("minamata_post_paused", paused, "", {"": int(report.pause is not None)})
    meaning = "Registrations whose person waits for a mail for more than 5 minutes, not for trouble with their mailbox."
    yield from _gauge("minamata_registrations_lacking_a_mail", meaning, "", {"": report.lost})
    meaning = "Domains whose mail servers have refused our mail within a day, whoever it was for."
    yield from _gauge("minamata_refusing_domains", meaning, "", {"": report.refusing_domains})


def _of_runs(report) -> Iterator[str]:
    """Whatever never ran has not run since this process was started, at least; nor has a backup."""
    known = {last_runs.BACKUP: None} | {run.name: run.age for run in report.runs}
    ages = {name: (last_runs.uptime() if age is None else age).total_seconds() for name, age in known.items()}
    beat, worker = ({"": ages.pop(name)} for name in (last_runs.BEAT, last_runs.WORKER))
    yield from _gauge("minamata_beat_age_seconds", "Since Celery beat last said that it lives.", "", beat)
    yield from _gauge("minamata_worker_heartbeat_age_seconds", "Since any worker last said that it lives.", "", worker)
    yield from _gauge("minamata_workers", "Workers that said so just now.", "", {"": report.workers})
    yield from _gauge("minamata_last_run_age_seconds", "Since a periodic task was last done.", "name", ages)


def _of_queues(database, broker) -> Iterator[str]:
    known = {"database": database.queued, "broker": broker.waiting}
    lengths = {queue: length for queue, length in known.items() if length is not None}
    words = "Mails that are due, and tasks that wait for a worker."
    yield from _gauge("minamata_queue_length", words, "queue", lengths)
    if broker.unacknowledged is not None:
        taken = {"": broker.unacknowledged}
        yield from _gauge("minamata_tasks_unacknowledged", "Tasks that workers have taken and not ended.", "", taken)


def _of_media() -> Iterator[str]:
    """Of the disk that MEDIA_ROOT is on, or will be when the first file makes it."""
    folder = Path(settings.MEDIA_ROOT)
    try:
        existing = next(path for path in (folder, *folder.parents) if path.exists())
        free = shutil.disk_usage(existing).free
    except OSError as error:
        log.warning("the disk of MEDIA_ROOT cannot be asked: %s", error.strerror)
        return
    yield from _gauge("minamata_media_free_bytes", "Room on the disk for files of staff.", "", {"": free})


def _of_answers() -> Iterator[str]:
    words, totals = "Answers of this web server since its start.", answers.of_server().totals()
    yield from _samples("minamata_answers_total", "counter", words, "status", totals)


def _of_process() -> Iterator[str]:
    """Of the process that answers; with several of them the label says which."""
    used, pid = resource.getrusage(resource.RUSAGE_SELF), str(os.getpid())
    yield from _gauge(
        "minamata_process_cpu_seconds", "Used since its start.", "pid", {pid: used.ru_utime + used.ru_stime}
    )
    yield from _gauge(
        "minamata_process_peak_memory_bytes", "At most, since its start.", "pid", {pid: used.ru_maxrss * 1024}
    )


def _gauge(name, words, label, values) -> Iterator[str]:
    yield from _samples(name, "gauge", words, label, values)


def _samples(name, kind, words, label, values) -> Iterator[str]:
    yield f"# HELP {name} {words}"
    yield f"# TYPE {name} {kind}"
    for value_of_label, number in values.items():
        yield f'{name}{{{label}="{value_of_label}"}} {_written(number)}' if label else f"{name} {_written(number)}"


def _written(number) -> str:
    return str(number) if isinstance(number, int) else f"{number:g}"
