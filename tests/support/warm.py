"""Python programs in processes forked from one that has the libraries: starts take half of their time or less."""

import atexit
import multiprocessing
import os
import runpy
import signal
import subprocess
import sys
import tempfile
from multiprocessing.connection import Connection

from django.conf import settings
from django.db import connections

from tests.support.paths import ROOT

SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["tests.support.warm_libraries"])


class WarmPython:
    """As `subprocess.Popen([sys.executable, *command], start_new_session=True)` with all output in one place.

    `command` is "-m" and a module, "-c" and a text, or a file; then come their arguments.
    """

    def __init__(self, command, *, cwd, env, output, errors=None):
        self.args = [sys.executable, *command]
        outputs = [Connection(os.dup(each), readable=False) for each in (output, errors or output)]
        self._process = SERVER.Process(target=_become, args=[command, str(cwd), dict(env), *outputs], daemon=True)
        self._process.start()
        for each in outputs:
            each.close()
        self.pid = self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout=None) -> int:
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired(self.args, timeout)
        return self._process.exitcode

    def send_signal(self, number):
        if self.poll() is None:
            os.kill(self.pid, number)


def run(command, *, cwd=ROOT, env, timeout=60) -> subprocess.CompletedProcess:
    """As `subprocess.run([sys.executable, *command], capture_output=True, text=True)`."""
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        process = WarmPython(command, cwd=cwd, env=env, output=output.fileno(), errors=errors.fileno())
        try:
            code = process.wait(timeout)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        output.seek(0)
        errors.seek(0)
        return subprocess.CompletedProcess(process.args, code, output.read(), errors.read())


def _become(command, folder, environment, output, errors):
    os.setsid()
    for connection, standard in ((output, 1), (errors, 2)):
        os.dup2(connection.fileno(), standard)
        connection.close()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.path[:] = [str(folder), *(path for path in sys.path if path not in ("", str(ROOT)))]
    try:
        _become_main(*command)
    except Exception:
        sys.excepthook(*sys.exc_info())
        raise SystemExit(1) from None
    finally:
        atexit._run_exitfuncs()
        _close_databases()


def _close_databases():
    """A fork ends without tidying up, and what SQLite was given last is in its file when the connection is closed."""
    if settings.configured:
        connections.close_all()


def _become_main(first, *others):
    if first == "-m":
        sys.argv = list(others)
        runpy.run_module(others[0], run_name="__main__", alter_sys=True)
    elif first == "-c":
        sys.argv = ["-c", *others[1:]]
        exec(others[0], {"__name__": "__main__"})
    else:
        sys.argv = [first, *others]
        runpy.run_path(first, run_name="__main__")
