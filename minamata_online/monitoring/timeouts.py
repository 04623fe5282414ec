"""Questions that may never be answered, asked in a thread of their own: a frozen database does not let go of a call."""

from concurrent.futures import Future
from threading import Lock, Thread

from django.db import connection


class NoAnswer(Exception):
    """It took too long."""


class Asker:
    """Asks one question at a time; everyone who comes meanwhile has the same answer.

    So probes of a frozen server do not pile up threads, and many probes at once cost no more than one.
    """

    def __init__(self, question):
        self._question = question
        self._lock = Lock()
        self._answer = None

    def ask(self, *, seconds):
        """What the question returns or raises. Raises NoAnswer, or RuntimeError where no thread can be started."""
        try:
            return self._asked().result(timeout=seconds)
        except TimeoutError:
            raise NoAnswer from None

    def _asked(self) -> Future:
        with self._lock:
            if self._answer is None:
                answer = Future()
                Thread(target=self._run, args=[answer], daemon=True).start()
                # Only now: where no thread can be started, nobody waits for an answer that never comes.
                self._answer = answer
            return self._answer

    def _run(self, answer):
        try:
            found, error = self._question(), None
        except Exception as raised:
            found, error = None, raised
        finally:
            # The thread ends, and its connection with it.
            connection.close()
        with self._lock:
            self._answer = None
        answer.set_exception(error) if error else answer.set_result(found)
