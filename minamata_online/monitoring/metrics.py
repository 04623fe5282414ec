"""Numbers for Prometheus, read from the database at the moment of asking, so that they are the same in every process.

The text format is written here: of its client library nothing else would be in use, and that counts for each process.
"""

import hmac
import ipaddress
import os
import resource
from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from minamata_online.monitoring.health import DATABASE_SECONDS
from minamata_online.monitoring.timeouts import Asker, NoAnswer
from registrations.limits import rates
from registrations.mail import health

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_asker = Asker()


@require_safe
@never_cache
def metrics(request):
    """404, as any unknown page, unless asked from METRICS_ALLOWED or with METRICS_TOKEN."""
    if not (_has_token(request) or _comes_from_allowed(request)):
        raise Http404
    try:
        lines = [*_asker.ask(lambda: list(_of_database(timezone.now())), seconds=DATABASE_SECONDS), *_of_process()]
    except NoAnswer:
        return HttpResponse("# the database does not answer\n", CONTENT_TYPE, status=503)
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


def _of_database(now) -> Iterator[str]:
    report = health.report(now)
    yield from _gauge("minamata_mails", "Mails that still have their text.", "state", report.mails)
    age = report.oldest_due_age.total_seconds()
    yield from _gauge("minamata_mail_oldest_due_seconds", "How long the oldest due mail has been due.", "", {"": age})
    unprepared = {"": report.oldest_unprepared_age.total_seconds()}
    words = "How long mails of a change of a time slot have not been in the outbox."
    yield from _gauge("minamata_change_unprepared_seconds", words, "", unprepared)
    paused = "1 while the mail server refuses the sender, and nothing is sent."
    yield from _gauge("minamata_post_paused", paused, "", {"": int(report.pause is not None)})
    meaning = "Registrations whose person has waited for a mail for more than 5 minutes."
    yield from _gauge("minamata_registrations_lacking_a_mail", meaning, "", {"": report.lacking})
    to_come = health.registrations_to_come(now)
    yield from _gauge("minamata_registrations", "Registrations for time slots to come.", "status", to_come)


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
    yield f"# HELP {name} {words}"
    yield f"# TYPE {name} gauge"
    for value_of_label, number in values.items():
        yield f'{name}{{{label}="{value_of_label}"}} {number:g}' if label else f"{name} {number:g}"
