"""CPU time and clock time of a piece of work, in rounds in which every piece takes its turn."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

PAGE = ("web", "database")
WITH_MAIL = ("web", "database", "worker")


@dataclass(frozen=True)
class Work:
    """`run(times)` does the work so often; `target` is a ratio to the median of the work named `against`."""

    name: str
    what: str
    run: Callable[[int], None]
    times: int
    target: float | None = None
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


def in_rounds(house, works, rounds, say) -> dict[str, list[Sample]]:
    samples = {work.name: [] for work in works}
    for work in works:
        work.run(2)  # Templates, connections and caches are as they are on a day like any other.
    for number in range(1, rounds + 1):
        for work in works:
            samples[work.name].append(once(house, work))
        say(f"round {number} of {rounds}")
    return samples


def once(house, work) -> Sample:
    before, started = house.cpu(*work.processes), time.monotonic()
    work.run(work.times)
    clock, after = time.monotonic() - started, house.cpu(*work.processes)
    used = {name: 1000 * (after[name] - before[name]) / work.times for name in work.processes}
    return Sample(used, 1000 * clock / work.times)
