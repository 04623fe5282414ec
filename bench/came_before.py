"""What one sign-up costs when nobody has come before, and when many have: every slot is limited."""

from dataclasses import replace

from bench import arithmetic, measure, seed, sign_ups
from sessions.models import Season

# In each of 13 slots; the second makes 110,000 in all.
PEOPLE = (1370, 8460)
ROUNDS, TIMES = 7, 10
# The tenth that the crowd may cost.
TARGET = 1.1


def run(servers, share) -> dict:
    """Two seasons that are the same but for the people in one; each piece of work takes its turn in each round."""
    empty, crowded = Season.objects.get(slug=seed.COMING), seed.coming(seed.CROWDED)
    works = [work for season in (empty, crowded) for work in _works(servers, season)]
    found, there = {}, 0
    for people in (int(number * share) for number in PEOPLE):
        seed.people(crowded, people - there, slots=seed.first_slots(crowded).values(), tag=f"before{people}-")
        seed.analyse()
        there = people
        samples = measure.in_rounds(servers, works, ROUNDS, lambda words: None)
        found[f"{people}_in_each_slot"] = _compared(samples, works)
    return found


def _works(servers, season) -> list[measure.Work]:
    """Sign-ups for one session and for all, in the crowded season against the empty one."""
    works = sign_ups.works(servers, seed.first_slots(season), TIMES)
    if season.slug == seed.COMING:
        return [replace(work, against=work.name, target=None) for work in works]
    return [replace(work, name=f"{work.name}, crowded", against=work.name, target=TARGET) for work in works]


def _compared(samples, works) -> dict:
    rows = [arithmetic.row(work, samples) for work in works]
    return {row["name"]: _figures(row) for row in rows}


def _figures(row) -> dict:
    figures = {"cpu_ms": sum(row["cpu_ms"].values()), "database_ms": row["cpu_ms"]["database"]}
    if row["target"] is None:
        return figures
    spread = {name: row[name] for name in ("ratio", "lowest", "highest", "target", "verdict")}
    return figures | spread
