"""Child processes that are all gone when the supervisor is gone, however it ends."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time

from minamata_online.configuration.environment import CANNOT_START
from script.supervisor import logs

PR_SET_PDEATHSIG = 1
GRACE_SECONDS = 12
LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class Stopped(Exception):
    """Ctrl-C, or a signal that means the same."""


class ChildFailed(Exception):
    """A child ended although it should run, or did not become ready; the message holds its last lines."""


class Child:
    """A process in a group of its own, so that Ctrl-C in the terminal reaches it through the supervisor only."""

    def __init__(self, name, command, log, **options):
        self.name = name
        self.log = log
        self._command = command
        self._options = options
        self.start()

    def start(self):
        """Raises OSError where its log cannot be opened, or no process be made."""
        logs.cut(self.log)
        supervisor = os.getpid()
        with logs.append_to(self.log) as output:
            self._log_began_at = output.tell()
            self.process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=lambda: _end_with(supervisor),
                **self._options,
            )
        self._group_is_gone = False
        self.started_at = time.monotonic()

    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def how_it_ended(self) -> str:
        code = self.process.returncode
        return f"was ended by signal {-code}" if code < 0 else f"ended with {code}"

    def output(self) -> str:
        """What its log has of it since it was started."""
        with self.log.open("rb") as file:
            if self._log_began_at <= os.fstat(file.fileno()).st_size:
                file.seek(self._log_began_at)
            return file.read().decode(errors="replace")

    def last_lines(self, count=25) -> str:
        return "\n".join(self.output().splitlines()[-count:])

    def terminate(self):
        with contextlib.suppress(ProcessLookupError):
            self.process.terminate()

    def kill_group(self):
        """Once a start: later, the number of the group may be that of strangers."""
        if not self._group_is_gone:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self._group_is_gone = self.has_ended()


def _end_with(supervisor):
    """Runs in the child: Linux sends SIGTERM to it when the supervisor dies, even by kill -9."""
    if LIBC is None:
        return
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != supervisor:
        os._exit(1)


class Family:
    """The children of one supervisor. Signals set a flag that every wait looks at, so none is lost while one starts."""

    def __init__(self, grace_seconds=GRACE_SECONDS, pass_fds=()):
        self.children = []
        self._kept_open = []
        self._grace_seconds = grace_seconds
        self._pass_fds = pass_fds
        self._stop = threading.Event()

    def obey_signals(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            # Under nohup the end of the terminal is ignored, and stays so.
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, lambda *_: self._stop.set())

    def start(self, name, command, log, *, pass_fds=(), **options) -> Child:
        child = Child(name, command, log, pass_fds=(*self._pass_fds, *pass_fds), **options)
        self.children.append(child)
        return child

    def forget(self, child):
        """One that has ended is missed no more."""
        self.children.remove(child)

    def keep_open(self, resource):
        """As long as this family lives."""
        self._kept_open.append(resource)

    def pause(self, seconds):
        if self._stop.wait(seconds):
            raise Stopped

    def run(self, name, command, log, **options):
        """Start and wait for the end; raises ChildFailed unless it succeeds, with its words alone if it refused."""
        child = self.start(name, command, log, **options)
        while not child.has_ended():
            self.pause(0.05)
        self.forget(child)
        if child.process.returncode == CANNOT_START:
            raise ChildFailed(child.last_lines())
        if child.process.returncode:
            raise ChildFailed(_reason(child, "failed"))
        return child

    def wait_until_ready(self, child, ready, seconds=60):
        deadline = time.monotonic() + seconds
        while not ready():
            self.check()
            if time.monotonic() > deadline:
                raise ChildFailed(_reason(child, f"was not ready after {seconds} s"))
            self.pause(0.1)

    def check(self):
        """Raises ChildFailed as soon as one of the children has ended."""
        for child in self.children:
            if child.has_ended():
                raise ChildFailed(_reason(child, child.how_it_ended()))

    def stop(self):
        """End all children, those started first last: the broker outlives who needs it."""
        foundation, rest = self.children[:1], self.children[1:]
        for group in (rest, foundation):
            for child in group:
                child.terminate()
            deadline = time.monotonic() + self._grace_seconds
            for child in group:
                _wait(child, deadline)
                child.kill_group()
                child.process.wait()


def _reason(child, what) -> str:
    return f"{child.name} {what} ({child.log}):\n{child.last_lines()}"


def _wait(child, deadline):
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.process.wait(timeout=max(0.0, deadline - time.monotonic()))
