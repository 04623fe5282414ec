"""Answers for monitoring: does the process live, and does the whole do its work?"""

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from minamata_online.monitoring import probes
from registrations import last_runs


class AnyHost:
    """Whatever host a watcher names, it is taken for the site's own: a probe of a balancer names the address."""

    def __init__(self, get_response):
        self._get_response = get_response

    def __call__(self, request):
        if request.path_info in settings.WATCHED:
            request.META["HTTP_HOST"] = settings.ALLOWED_HOSTS[0]
        return self._get_response(request)


@require_safe
@never_cache
def healthz(request):
    """The process answers; says nothing about database or broker."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request):
    """Database, mails, beat, workers, periodic tasks, clock and broker; 503 when one of them is not well.

    Answered within 3 seconds, also when a part is frozen. For monitoring, not for taking a web process out of service:
    sign-ups work without the broker, and none works better elsewhere.
    """
    lines = [*_database_lines(probes.database()), f"broker: {probes.broker().problem or 'ok'}"]
    is_well = all(line.endswith("ok") for line in lines)
    return HttpResponse("".join(f"{line}\n" for line in lines), "text/plain", status=200 if is_well else 503)


def _database_lines(database) -> list[str]:
    lines = [f"database: {database.problem or 'ok'}"]
    if database.mail:
        lines += [f"post: {problem}" for problem in database.mail.problems or ["ok"]]
        lines += [f"{run.name}: {_state(run)}" for run in database.runs.runs]
        lines.append(f"clock: {_clock(database.clock_difference)}")
    return lines


def _state(run) -> str:
    if not run.is_late(last_runs.uptime()):
        return "ok"
    return "never seen" if run.age is None else f"not seen for {int(run.age.total_seconds())} s"


def _clock(difference) -> str:
    if difference <= last_runs.SKEW:
        return "ok"
    return f"differs from that of the database by {int(difference.total_seconds())} s"
