"""The table of ratios, in one run against the bare page."""

from dataclasses import dataclass

from bench import arithmetic, fan_out, mails, measure, now_and_then, pages, queries, seed, sign_ups
from bench.browser import Browser
from bench.sign_up import ALL_WELL, SignUp
from registrations.models import Participant
from sessions.models import Season

FAN_OUT_TARGET = 2


@dataclass(frozen=True)
class Size:
    """`seconds` is about how long each sample of a page takes by the clock."""

    rounds: int
    seconds: float
    sign_ups: int
    mails: int
    people: int


QUICK = Size(rounds=3, seconds=0.3, sign_ups=3, mails=200, people=100)
FULL = Size(rounds=7, seconds=1, sign_ups=12, mails=1000, people=1000)


def run(servers, size, say) -> dict:
    slots = seed.first_slots(Season.objects.get(slug=seed.COMING))
    person = _person_with_all(servers, slots)
    newcomer = _person_with_one(slots)
    works = pages.works(servers, slots, person, newcomer) + sign_ups.works(servers, slots, size.sign_ups)
    samples = measure.in_rounds(servers, works, size.rounds, say, seconds=size.seconds)
    table = [arithmetic.row(work, samples) for work in works]
    say("mails")
    mail = mails.compare(servers, mails=size.mails, rounds=3)
    bare_ms = sum(table[0]["cpu_ms"].values())
    say("a new time for many")
    many = _fan_out(servers, size, bare_ms)
    say("the clock of a rehearsal, an archive")
    seldom = now_and_then.measure(servers, bare_ms)
    say("queries")
    with_own_connections = _bare_with_own_connections(servers, size.seconds)
    return {
        "bare_ms": bare_ms,
        "bare_with_a_connection_a_page_ms": with_own_connections,
        "rows": table,
        "mails": mail,
        "mails_to_many": many,
        "now_and_then": seldom,
        "queries": queries.compare(person, slots),
    }


def _fan_out(servers, size, bare_ms) -> dict:
    """By one process of the worker, as the bare page is asked for by one client, and by two at once."""
    servers.start_beat()
    by_two = fan_out.measure(servers, people=size.people, tag="many")
    servers.end(servers.worker)
    servers.worker = servers.start_another_worker(processes=1)
    by_one = fan_out.measure(servers, people=size.people, tag="many by one")
    ratio = by_one["cpu_ms_a_person"] / bare_ms
    judged = {"ratio": ratio, "target": FAN_OUT_TARGET, "verdict": arithmetic.verdict(ratio, FAN_OUT_TARGET)}
    return by_one | judged | {"by_two": by_two | {"ratio": by_two["cpu_ms_a_person"] / bare_ms}}


def _person_with_all(servers, slots) -> Participant:
    """Somebody with every session, by the form; their mails are waited for."""
    before = servers.mails()[0]
    assert SignUp(servers.port, slots).run() == ALL_WELL
    servers.wait_for_mails(before + sign_ups.mails_of(len(slots)))
    return Participant.objects.latest("pk")


def _person_with_one(slots) -> Participant:
    """Somebody who may add all other sessions on their page."""
    slot = next(iter(slots.values()))
    seed.people(slot.session.season, 1, slots=[slot], tag="newcomer")
    return Participant.objects.latest("pk")


def _bare_with_own_connections(servers, seconds) -> float:
    """The bare page with Django's own default, CONN_MAX_AGE = 0: it opens a connection to PostgreSQL each time."""
    servers.bare_alone, port = servers.start_bare(conn_max_age=0)
    browser = Browser(port)

    def ask(number):
        for _ in range(number):
            browser.get("/")

    work = measure.Work("bare", "", ask, processes=("bare_alone", "database"))
    return measure.once(servers, measure.long_enough(work, seconds)).all_cpu
