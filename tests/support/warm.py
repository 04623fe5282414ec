"""Python programs in processes forked from one that has the libraries: starts take half of their time or less."""

import atexit
import multiprocessing
import os
import runpy
import subprocess
import sys
from multiprocessing.connection import Connection

SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["tests.support.warm_libraries"])


class WarmPython:
    """As `subprocess.Popen([sys.executable, *command], start_new_session=True)` with all output in one place.

    `command` is "-m" and a module, "-c" and a text, or a file; then come their arguments.
    """

    def __init__(self, command, *, cwd, env, output):
        self.args = [sys.executable, *command]
        with Connection(os.dup(output), readable=False) as connection:
            given = [command, str(cwd), dict(env), connection]
            self._process = SERVER.Process(target=_become, args=given, daemon=True)
            self._process.start()
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


def _become(command, folder, environment, output):
    os.setsid()
    for standard in (1, 2):
        os.dup2(output.fileno(), standard)
    output.close()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    try:
        _run(*command)
    finally:
        atexit._run_exitfuncs()


def _run(first, *others):
    sys.path[0] = os.getcwd()
    if first == "-m":
        sys.argv = list(others)
        runpy.run_module(others[0], run_name="__main__", alter_sys=True)
    elif first == "-c":
        sys.argv = ["-c", *others[1:]]
        exec(others[0], {"__name__": "__main__"})
    else:
        sys.argv = [first, *others]
        runpy.run_path(first, run_name="__main__")
