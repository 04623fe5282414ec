"""Questions that may never be answered, asked in a thread of their own: a frozen database does not let go of a call."""

import time
from concurrent.futures import Future
from threading import Lock, Thread

from django.db import connection


class NoAnswer(Exception):
    """It took too long, or the last one who asked is still waiting."""


class Asker:
    """Asks one question at a time, so that probes of a frozen server do not pile up threads."""

    def __init__(self):
        self._is_asking = Lock()

    def ask(self, question, *, seconds):
        """What `question()` returns or raises. Raises NoAnswer."""
        deadline = time.monotonic() + seconds
        if not self._is_asking.acquire(timeout=seconds):
            raise NoAnswer
        answer = Future()
        Thread(target=self._run, args=[question, answer], daemon=True).start()
        try:
            return answer.result(timeout=max(0.0, deadline - time.monotonic()))
        except TimeoutError:
            raise NoAnswer from None

    def _run(self, question, answer):
        try:
            found, error = question(), None
        except Exception as raised:
            found, error = None, raised
        finally:
            # The thread ends, and its connection with it.
            connection.close()
            self._is_asking.release()
        answer.set_exception(error) if error else answer.set_result(found)
