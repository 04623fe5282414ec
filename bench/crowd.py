"""Many people at once: each on a connection of their own, so many of them at the same time."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock

from bench.arithmetic import percentile


@dataclass
class Crowd:
    """`ask(name, question)` asks, and remembers the status and how long the answer took."""

    times: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    def ask(self, name, question):
        started = time.monotonic()
        answer = question()
        took = time.monotonic() - started
        with self._lock:
            self.times.setdefault(name, []).append(took)
            self.statuses[answer.status] += 1
        return answer

    def come(self, people, at_once) -> float:
        """Calls everybody's `visit`; seconds until the last has gone."""
        started = time.monotonic()
        with ThreadPoolExecutor(at_once) as pool:
            for done in [pool.submit(person) for person in people]:
                done.result()
        return time.monotonic() - started

    def figures(self) -> dict:
        waits = {name: _waits(times) for name, times in self.times.items()}
        server_errors = sum(number for status, number in self.statuses.items() if status >= 500)
        return {"answers": {str(k): v for k, v in sorted(self.statuses.items())}, "5xx": server_errors, **waits}


def _waits(times) -> dict[str, float]:
    return {"median_s": percentile(times, 50), "p95_s": percentile(times, 95), "slowest_s": max(times)}
