"""Real Celery processes on the test database, the test broker and the test's own SMTP server."""

import json
import os
import signal
import subprocess
import threading

import redis
from django.conf import settings
from django.db import connection

from minamata_online.celery import app
from tests.support.paths import ROOT
from tests.support.servers import Guardian, signal_group
from tests.support.warm import WarmPython

# Without a heartbeat and gossip a lone worker is ready a second earlier.
WORKER = ["worker", "--loglevel=INFO", "--concurrency=2", "--without-gossip", "--without-mingle", "--without-heartbeat"]

BEAT = ["beat", "--loglevel=INFO", "--pidfile="]


PROGRAM = ["-m", "celery", "-A", "minamata_online"]


class CeleryProcess:
    """Started in its own process group; `start` returns when the line `ready` was printed."""

    def __init__(self, arguments, ready, environment, program=PROGRAM):
        self._command = [*program, *arguments]
        self._ready = ready
        self._environment = os.environ | environment
        self._guardian = Guardian()
        self._process = None
        self._output_ended = False
        self._printed = threading.Condition()
        self.lines = []

    @property
    def pid(self) -> int:
        return self._process.pid

    def start(self):
        self.lines, self._output_ended = [], False
        printed, output = os.pipe()
        self._process = WarmPython(self._command, cwd=ROOT, env=self._environment, output=output)
        os.close(output)
        self._guardian.watch(self._process)
        threading.Thread(target=self._collect, args=[os.fdopen(printed), self.lines], daemon=True).start()
        self.wait_for_line(self._ready)

    def _collect(self, stream, lines):
        with stream:
            for line in stream:
                with self._printed:
                    lines.append(line.rstrip())
                    self._printed.notify_all()
        with self._printed:
            self._output_ended = self.lines is lines
            self._printed.notify_all()

    def wait_for_line(self, text, timeout=60):
        """Waits until the process has printed `text`; fails with its last lines when it dies or takes too long."""
        with self._printed:
            self._printed.wait_for(lambda: self._has(text) or self._output_ended, timeout)
            assert self._has(text), f"no {text!r} from {self._command}:\n" + "\n".join(self.lines[-30:])

    def _has(self, text):
        return any(text in line for line in self.lines)

    def kill(self):
        """As when the machine loses its power: nothing can be tidied up."""
        signal_group(self._process, signal.SIGKILL)
        self._process.wait()

    def restart(self):
        self.stop()
        self.start()

    def stop(self):
        if self._process is None or self._process.poll() is not None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.kill()
        finally:
            signal_group(self._process, signal.SIGKILL)

    def close(self):
        self.stop()
        self._guardian.dismiss()


def worker(environment):
    return CeleryProcess(WORKER, " ready.", environment)


def beat(environment):
    return CeleryProcess(BEAT, "beat: Starting...", environment)


def empty_broker():
    """No task waits; what is sent from now on finds the queue, also where a worker has declared it before."""
    with redis.from_url(settings.CELERY_BROKER_URL) as broker:
        broker.flushdb()
    with app.connection_for_write() as connection:
        app.amqp.queues[app.conf.task_default_queue].bind(connection.default_channel).declare()


def nothing_to_do() -> bool:
    """Whether no task waits or is being done: one is acknowledged when it is done."""
    with redis.from_url(settings.CELERY_BROKER_URL) as broker:
        return not broker.llen(app.conf.task_default_queue) and not broker.hlen("unacked")


def waiting_tasks() -> list[str]:
    with redis.from_url(settings.CELERY_BROKER_URL) as broker:
        return [json.loads(task)["headers"]["task"] for task in broker.lrange("celery", 0, -1)]


def environment_for(smtp_server) -> dict[str, str]:
    return {
        "DATABASE_URL": _test_database_url(),
        "REDIS_URL": settings.CELERY_BROKER_URL,
        "SITE_URL": settings.SITE_URL,
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(smtp_server.port),
    }


def _test_database_url() -> str:
    address, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    return f"{address}/{connection.settings_dict['NAME']}"
