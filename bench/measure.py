"""CPU time and clock time of a piece of work, in rounds in which every piece takes its turn."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

PAGE = ("web", "database")
WITH_MAIL = ("web", "database", "worker")


@dataclass(frozen=True)
class Work:
    """`run(times)` does the work so often, `times` at least; `target` is a ratio to the work named `against`."""

    name: str
    what: str
    run: Callable[[int], None]
    target: float | None = None
    times: int = 1
    processes: tuple[str, ...] = PAGE
    against: str = "bare"


@dataclass(frozen=True)
class Sample:
    """Milliseconds for one unit of the work."""

    cpu: dict[str, float] = field(default_factory=dict)
    clock: float = 0.0

    @property
    def all_cpu(self) -> float:
        return sum(self.cpu.values())


def in_rounds(servers, works, rounds, say, *, seconds=0) -> dict[str, list[Sample]]:
    """Each sample has `times` of the work, and as many more as `seconds` ask for."""
    works = [long_enough(work, seconds) for work in works]
    samples = {work.name: [] for work in works}
    for number in range(1, rounds + 1):
        for work in works:
            samples[work.name].append(once(servers, work))
        say(f"round {number} of {rounds}")
    return samples


def long_enough(work, seconds) -> Work:
    """The work so often that it takes about so long by the clock: the kernel counts CPU in steps of 10 ms."""
    work.run(2)  # Templates, connections and caches are as they are on a day like any other.
    started = time.monotonic()
    work.run(2)
    a_time = (time.monotonic() - started) / 2
    return replace(work, times=max(work.times, round(seconds / a_time)))


def once(servers, work) -> Sample:
    before, started = servers.cpu(*work.processes), time.monotonic()
    work.run(work.times)
    clock, after = time.monotonic() - started, servers.cpu(*work.processes)
    used = {name: 1000 * (after[name] - before[name]) / work.times for name in work.processes}
    return Sample(used, 1000 * clock / work.times)
