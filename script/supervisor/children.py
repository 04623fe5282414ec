"""Child processes that are all gone when the supervisor is gone, however it ends."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time

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
        supervisor = os.getpid()
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=lambda: _end_with(supervisor),
                **options,
            )

    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def last_lines(self, count=25) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-count:])

    def terminate(self):
        with contextlib.suppress(ProcessLookupError):
            self.process.terminate()

    def kill_group(self):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)


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
        self._grace_seconds = grace_seconds
        self._pass_fds = pass_fds
        self._stop = threading.Event()

    def obey_signals(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self._stop.set())

    def start(self, name, command, log, *, pass_fds=(), **options) -> Child:
        child = Child(name, command, log, pass_fds=(*self._pass_fds, *pass_fds), **options)
        self.children.append(child)
        return child

    def forget(self, child):
        """One that has ended is missed no more."""
        self.children.remove(child)

    def pause(self, seconds):
        if self._stop.wait(seconds):
            raise Stopped

    def run(self, name, command, log, **options):
        """Start and wait for the end; raises ChildFailed unless it succeeds."""
        child = self.start(name, command, log, **options)
        while not child.has_ended():
            self.pause(0.05)
        self.forget(child)
        if child.process.returncode:
            raise ChildFailed(f"{name} failed ({child.log}):\n{child.last_lines()}")
        return child

    def wait_until_ready(self, child, ready, seconds=60):
        deadline = time.monotonic() + seconds
        while not ready():
            self.check()
            if time.monotonic() > deadline:
                raise ChildFailed(f"{child.name} was not ready after {seconds} s ({child.log}):\n{child.last_lines()}")
            self.pause(0.1)

    def check(self):
        """Raises ChildFailed as soon as one of the children has ended."""
        for child in self.children:
            if child.has_ended():
                code = child.process.returncode
                raise ChildFailed(f"{child.name} ended with {code} ({child.log}):\n{child.last_lines()}")

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


def _wait(child, deadline):
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.process.wait(timeout=max(0.0, deadline - time.monotonic()))
