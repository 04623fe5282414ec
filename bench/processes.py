"""One web and one worker process against two of each, straight to PostgreSQL and by five connections of a PgBouncer."""

import itertools
import time
from dataclasses import dataclass
from statistics import median

from bench import cpu, seed
from bench.crowd import Crowd
from bench.servers import free_port
from bench.sign_up import SignUp
from sessions.models import Season

PEOPLE, CONNECTIONS, ROUNDS = 100, 16, 3
POOL = 5


@dataclass(frozen=True)
class Arrangement:
    name: str
    processes: int
    is_pooled: bool


ARRANGEMENTS = [
    Arrangement("one of each", 1, False),
    Arrangement("two of each", 2, False),
    Arrangement("two of each, pooled", 2, True),
]


def run(servers, share) -> dict:
    """Medians of rounds in which each arrangement takes its turn; ratios are to the first of the same round."""
    servers.end(servers.worker)  # It would send the mails of the others.
    pooled = {"DATABASE_URL": servers.start_pool(POOL), "DATABASE_POOLED": "1"}
    rounds = []
    for _ in range(ROUNDS):
        rounds.append({each.name: _once(servers, each, pooled, int(PEOPLE * share)) for each in ARRANGEMENTS})
    servers.start_worker()
    return {each.name: _figures([one[each.name] for one in rounds], rounds) for each in ARRANGEMENTS}


def _figures(samples, rounds) -> dict:
    figures = {name: median(sample[name] for sample in samples) for name in samples[0]}
    first = ARRANGEMENTS[0].name
    for name in ("sign_ups_a_second", "until_the_last_mail_s"):
        figures[f"{name}_ratio"] = median(
            sample[name] / one[first][name] for sample, one in zip(samples, rounds, strict=True)
        )
    return figures


def _once(servers, arrangement, pooled, people) -> dict:
    environment = pooled if arrangement.is_pooled else {}
    port = free_port()
    web = servers.start_another_web(port, processes=arrangement.processes, **environment)
    worker = servers.start_another_worker(processes=arrangement.processes, **environment)
    try:
        _sign_up(servers, port, 8)
        all_of_it = [web, worker, servers.database, servers.pool]
        before = cpu.seconds(all_of_it)
        figures = _sign_up(servers, port, people)
        used = cpu.seconds(all_of_it) - before
        return figures | {"cpu_ms_a_sign_up": 1000 * used / people}
    finally:
        servers.end(web)
        servers.end(worker)


def _sign_up(servers, port, people) -> dict:
    """Each for one of the 13 sessions, so that hardly anybody waits for the slot of another."""
    slots = itertools.cycle(seed.first_slots(Season.objects.get(slug=seed.COMING)).items())
    chosen = [dict([next(slots)]) for _ in range(people)]
    crowd, before, started = Crowd(), servers.mails()[0], time.time()
    visitors = [SignUp(port, slot, tag="growth", ask=crowd.ask).run for slot in chosen]
    seconds = crowd.come(visitors, CONNECTIONS)
    last = servers.wait_for_mails(before + people)
    waits = crowd.figures()
    return {
        "sign_ups_a_second": people / seconds,
        "sending_p95_s": waits["sending"]["p95_s"],
        "until_the_last_mail_s": last - started,
        "5xx": waits["5xx"],
    }
