"""A PostgreSQL, a Valkey and a web server that a test may kill, freeze, empty and start again at the same ports."""

import contextlib
import os
import signal
from pathlib import Path

import psycopg2
import redis

from tests.support import migrated, warm
from tests.support.servers import (
    RealServers,
    _postgres_answers,
    _valkey_answers,
    create_database,
    free_port,
    signal_group,
    wait_until,
)

# As script/supervisor/services.py starts it.
GUNICORN = ["--worker-class", "gthread", "--workers", "2", "--no-control-socket"]
GUNICORN += ["--logger-class", "minamata_online.monitoring.access_log.AccessLog"]
# The whole crowd comes from one address.
NO_LIMITS = {"SIGN_UPS_A_MINUTE_OF_A_CLIENT": "100000", "SIGN_UPS_A_MINUTE": "100000"}


class ServersToBreak(RealServers):
    threads = 4

    def __init__(self, folder):
        super().__init__(folder)
        self._launches = {}
        address = self.start_migrated_postgres()
        self.postgres = self._started[-1]
        self.broker_url = self.start_valkey()
        self.valkey = self._started[-1]
        self.database = {
            "HOST": "127.0.0.1",
            "PORT": _port(address),
            "NAME": "faults",
            "USER": "postgres",
            "PASSWORD": "",
        }
        self.environment = NO_LIMITS | {
            "DATABASE_URL": f"{address.rpartition('/')[0]}/faults",
            "REDIS_URL": self.broker_url,
            "STATIC_ROOT": str(self.folder / "static"),
            "METRICS_ALLOWED": "127.0.0.0/8",
        }
        self._create_database(address)
        self.start_web()

    def _create_database(self, address):
        create_database(address, "faults", template=migrated.DATABASE)
        connection = psycopg2.connect(f"{address.rpartition('/')[0]}/postgres")
        connection.autocommit = True
        with connection.cursor() as cursor:
            # The other tests do without it; here what was committed must outlive the server.
            cursor.execute("ALTER DATABASE faults SET synchronous_commit = on")
        connection.close()
        warm.run(["manage.py", "collectstatic", "--no-input"], env=os.environ | self.environment).check_returncode()

    def start_web(self):
        self.port, log = free_port(), self.folder / "web.log"
        command = ["-m", "gunicorn", "minamata_online.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        command += [f"--threads={self.threads}", *GUNICORN]
        self.web = self._spawn_python(command, os.environ | self.environment, log)
        wait_until(lambda: log.read_text().count("Booting worker") >= 2, self.web, log)

    def _spawn(self, command, launch, log):
        process = super()._spawn(command, launch, log)
        self._launches[process] = command, launch, log
        return process

    # What happens to it

    def stop_postgres(self, number):
        """SIGINT hangs up on everybody and stops in order, SIGQUIT stops at once and recovers at the next start."""
        signal_group(self.postgres, number)
        self.postgres.wait(timeout=30)

    def start_postgres_again(self):
        self.postgres = self._again(self.postgres, lambda: _postgres_answers(self.database["PORT"]))

    def kill_valkey(self):
        """What was in it is gone: it keeps nothing on the disk."""
        signal_group(self.valkey, signal.SIGKILL)
        self.valkey.wait()

    def start_valkey_again(self):
        self.valkey = self._again(self.valkey, lambda: _valkey_answers(int(_port(self.broker_url))))

    def freeze_valkey(self):
        signal_group(self.valkey, signal.SIGSTOP)

    def thaw_valkey(self):
        signal_group(self.valkey, signal.SIGCONT)

    def empty_valkey(self):
        with redis.from_url(self.broker_url) as broker:
            broker.flushall()

    def make_database_read_only(self):
        """For all connections, as on a server that has become the copy of another."""
        self._set_in_database("SET default_transaction_read_only = on")

    def make_database_writable(self):
        self._set_in_database("RESET default_transaction_read_only")

    def _set_in_database(self, change):
        address = {"host": "127.0.0.1", "port": self.database["PORT"], "user": "postgres", "dbname": "postgres"}
        connection = psycopg2.connect(**address, options="-c default_transaction_read_only=off")
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER SYSTEM {change}")
            cursor.execute("SELECT pg_reload_conf()")
        connection.close()

    def have_valkey_refuse(self, state):
        """It answers, and takes nothing: "full", or "a read-only copy" of a server that is away."""
        with redis.from_url(self.broker_url) as broker:
            if state == "full":
                broker.config_set("maxmemory", 1)
            else:
                broker.replicaof("127.0.0.1", 9)

    def have_valkey_take(self):
        with redis.from_url(self.broker_url) as broker:
            broker.replicaof("NO", "ONE")
            broker.config_set("maxmemory", 0)

    def kill_web_workers(self):
        """The processes that answer; their master starts new ones."""
        for pid in Path(f"/proc/{self.web.pid}/task/{self.web.pid}/children").read_text().split():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)

    def repair(self):
        """Whatever a test, or its failure, has left behind."""
        self.thaw_valkey()
        if self.valkey.poll() is not None:
            self.start_valkey_again()
        if self.postgres.poll() is not None:
            self.start_postgres_again()
        self.make_database_writable()
        self.have_valkey_take()
        self.empty_valkey()

    def _again(self, process, ready):
        self._started.remove(process)
        command, launch, log = self._launches.pop(process)
        started = self._spawn(command, launch, log)
        wait_until(ready, started, log)
        return started


def _port(address) -> str:
    return address.rpartition(":")[2].partition("/")[0]
