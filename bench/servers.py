"""Everything that runs: PostgreSQL, Valkey, a sink for mails, the site, the bare page, the worker; all on loopback."""

import os
import shutil
import smtplib
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

from bench import cpu
from tests.support import pooling
from tests.support.servers import CannotStart, RealServers, free_port, wait_until

ROOT = Path(__file__).resolve().parent.parent
# As script/supervisor/services.py starts them.
GUNICORN = ["--worker-class", "gthread", "--threads", "4", "--no-control-socket"]
TWO = ["--workers", "2"]
OWN_LOG = ["--access-logfile", "-", "--logger-class", "minamata_online.monitoring.access_log.AccessLog"]
CELERY = ["-m", "celery", "-A", "minamata_online"]
WORKER = ["worker", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
NO_LIMITS = {"SIGN_UPS_A_MINUTE_OF_A_CLIENT": "1000000", "SIGN_UPS_A_MINUTE": "1000000", "SIGN_UP_SECONDS": "0"}


class BenchServers(RealServers):
    """`web`, `database`, `worker` and so on are process ids; `stop` ends all."""

    def __init__(self, **environment):
        super().__init__(tempfile.mkdtemp(prefix="minamata-bench-"))
        self.database_url = self.start_postgres()
        self.database = self._started[-1].pid
        self.broker_url = self.start_valkey()
        self.port, self.sink_port = free_port(), free_port()
        self.environment = self._environment() | environment
        self._create("minamata", "bare")

    def _environment(self) -> dict[str, str]:
        (self.folder / "static").mkdir()
        return NO_LIMITS | {
            "DEBUG": "0",
            "SECRET_KEY": "only-for-the-bench",
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "ALLOWED_HOSTS": "127.0.0.1",
            "ORGANIZER_EMAIL": "events@minamata.test",
            "REPLY_TO_EMAIL": "events@minamata.test",
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.broker_url,
            "STATIC_ROOT": str(self.folder / "static"),
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(self.sink_port),
            "EMAIL_HOST_USER": "",
            "EMAIL_HOST_PASSWORD": "",
            "RECALL_MINUTES": "0",
        }

    def _create(self, *names):
        address = self.database_url.rpartition("/")[0]
        connection = psycopg2.connect(f"{address}/postgres")
        connection.autocommit = True
        for name in names:
            connection.cursor().execute(f"CREATE DATABASE {name}")
        connection.close()

    def start_all(self):
        self.start_sink()
        self.start_web()
        self.start_worker()
        self.bare, self.bare_port = self.start_bare()

    def start_sink(self):
        self._start("sink", ["-m", "bench.smtp_sink", str(self.sink_port)], lambda: self.mails()[0] == 0)

    def start_web(self):
        self.web = self.start_another_web(self.port, processes=2)

    def start_another_web(self, port, *, processes, **environment) -> int:
        command = ["-m", "gunicorn", "minamata_online.wsgi", "--bind", f"127.0.0.1:{port}", *GUNICORN, *OWN_LOG]
        command += ["--workers", str(processes)]
        return self._start("web", command, lambda: _answers(f"http://127.0.0.1:{port}/healthz"), **environment)

    def start_bare(self, *, conn_max_age=60):
        url = self.database_url.replace("/minamata", "/bare")
        environment = {"DATABASE_URL": url, "BARE_CONN_MAX_AGE": str(conn_max_age)}
        environment["DJANGO_SETTINGS_MODULE"] = "bench.bare.settings"
        if conn_max_age:
            self.run("-m", "bench.bare.preparation", **environment)
        port = free_port()
        command = ["-m", "gunicorn", "bench.bare.wsgi", "--bind", f"127.0.0.1:{port}", *GUNICORN, *TWO]
        command += ["--access-logfile", "-"]
        pid = self._start(f"bare-{port}", command, lambda: _answers(f"http://127.0.0.1:{port}/"), **environment)
        return pid, port

    def start_worker(self):
        self.worker = self.start_another_worker(processes=2)

    def start_another_worker(self, *, processes, **environment) -> int:
        log, command = self.folder / "worker.log", [*CELERY, *WORKER, "--concurrency", str(processes)]
        return self._start("worker", command, lambda: " ready." in log.read_text(errors="replace"), **environment)

    def start_pool(self, size) -> str:
        """Address of the database behind so many connections of a PgBouncer."""
        program = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
        if not program:
            raise CannotStart("PgBouncer was not found. On Debian and Ubuntu: apt-get install pgbouncer")
        port, address, log = free_port(), urlsplit(self.database_url), self.folder / "pgbouncer.log"
        who = {"user": address.username, "password": "bench"}
        where = {"name": "minamata", "database_port": address.port, "port": port, "size": size}
        settings = pooling.write_settings(self.folder, **where, **who)
        url = f"postgres://{address.username}:bench@127.0.0.1:{port}/minamata"
        # As little as PostgreSQL it wants to be started by root.
        _binaries, launch = self._usable_postgres()
        process = self._spawn([program, settings], launch, log)
        wait_until(lambda: _takes(url), process, log)
        self.pool = process.pid
        return url

    def end(self, pid):
        """This process and all it started, in order."""
        [process] = [process for process in self._started if process.pid == pid]
        process.terminate()
        process.wait(timeout=30)
        self._started.remove(process)

    def start_beat(self):
        command = [*CELERY, "beat", "--loglevel", "INFO", "--pidfile="]
        log = self.folder / "beat.log"
        self.beat = self._start("beat", command, lambda: "Starting" in log.read_text(errors="replace"))

    def run(self, *command, **environment):
        everything = os.environ | self.environment | environment
        subprocess.run([sys.executable, *command], check=True, cwd=ROOT, env=everything)

    def _start(self, name, command, ready, **environment) -> int:
        launch = {"cwd": ROOT, "env": os.environ | self.environment | environment}
        log = self.folder / f"{name}.log"
        process = self._spawn([sys.executable, *command], launch, log)
        wait_until(ready, process, log, seconds=60)
        return process.pid

    # What the processes did

    def mails(self) -> tuple[int, int, float]:
        """Mails and octets that came, and when the last one did."""
        try:
            with smtplib.SMTP("127.0.0.1", self.sink_port, timeout=10) as smtp:
                number, octets, last = smtp.docmd("STAT")[1].split()
        except OSError:
            return -1, 0, 0.0
        return int(number), int(octets), float(last)

    def wait_for_mails(self, number, *, seconds=120) -> float:
        """Until so many have come in all; when the last one did."""
        deadline = time.monotonic() + seconds
        while (state := self.mails())[0] < number:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{state[0]} of {number} mails after {seconds} s; see {self.folder}/worker.log")
            time.sleep(0.1)
        return state[2]

    def cpu(self, *names) -> dict[str, float]:
        return {name: cpu.seconds([getattr(self, name)]) for name in names}


def _takes(url) -> bool:
    try:
        psycopg2.connect(url).close()
    except psycopg2.OperationalError:
        return False
    return True


def _answers(address) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=3) as response:
            return response.status == 200
    except (OSError, urllib.error.URLError):
        return False
