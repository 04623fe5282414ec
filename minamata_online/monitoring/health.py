"""Answers for monitoring: does the process live, and does the whole do its work?"""

import logging

import redis
from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.backoff import NoBackoff
from redis.retry import Retry

from minamata_online.monitoring.timeouts import Asker, NoAnswer
from registrations.mail import health

log = logging.getLogger(__name__)

# Together with connecting to a broker and hearing nothing from it, less than 3 seconds.
DATABASE_SECONDS, BROKER_SECONDS = 1.8, 0.4
_asker = Asker()


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
    """Database, broker, the oldest due mail, and whether all mails left; 503 when one of them is not well.

    Answered within 3 seconds, also when a part is frozen. For monitoring, not for taking a web process out of service:
    sign-ups work without the broker, and none works better elsewhere.
    """
    lines = [*database_and_post(), broker()]
    is_well = all(line.endswith("ok") for line in lines)
    return HttpResponse("".join(f"{line}\n" for line in lines), "text/plain", status=200 if is_well else 503)


def database_and_post() -> list[str]:
    try:
        report = _asker.ask(lambda: health.report(timezone.now()), seconds=DATABASE_SECONDS)
    except NoAnswer:
        return ["database: no answer"]
    except Exception as error:
        # Whatever it is, the watcher wants to hear of it, and the reason may hold an address of the network.
        log.error("the database cannot be asked: %s", type(error).__name__)
        return [f"database: {type(error).__name__}"]
    return ["database: ok", *(f"post: {problem}" for problem in report.problems or ["ok"])]


def broker() -> str:
    timeouts = {"socket_connect_timeout": BROKER_SECONDS, "socket_timeout": BROKER_SECONDS}
    try:
        with redis.from_url(settings.CELERY_BROKER_URL, retry=Retry(NoBackoff(), 0), **timeouts) as client:
            client.ping()
    except redis.RedisError as error:
        return f"broker: {type(error).__name__}"
    return "broker: ok"
