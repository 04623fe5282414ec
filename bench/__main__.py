"""`script/bench`: the table of ratios. `--quick`: the same in a minute. `--load`: what happens under load."""

import argparse
import json
import os
import sys
from datetime import UTC, datetime

from bench.servers import ROOT, BenchServers

RESULTS = ROOT / "bench" / "results"
STORIES = ["opening", "start-minute", "many", "other-sites", "came-before", "million"]
# When it grows (docs/grow.md): these want a database without the rows of the others, and the first a PgBouncer.
GROWTH = ["processes", "rows", "desk", "figures"]
# Whatever the shell has set for a development server is none of the bench's business.
OWN = ["DATABASE_URL", "DATABASE_POOLED", "REDIS_URL", "DEBUG", "SECRET_KEY", "TRUSTED_PROXIES", "CALENDAR_REPLIES"]


HELP = f"stories: {', '.join(STORIES)}; when it grows: {', '.join(GROWTH)}"


def main():
    wanted = _arguments()
    for name in OWN:
        os.environ.pop(name, None)
    servers = BenchServers()
    try:
        result = _run(servers, wanted)
    finally:
        servers.stop()
    _keep(result, wanted)


def _arguments():
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, nothing is stored")
    parser.add_argument("--load", nargs="*", choices=STORIES + GROWTH, metavar="STORY", help=HELP)
    parser.add_argument("--share", type=float, default=1.0, help="of the people in the stories, for trying them out")
    return parser.parse_args()


def _run(servers, wanted) -> dict:
    os.environ.update(servers.environment | {"DJANGO_SETTINGS_MODULE": "minamata_online.settings"})
    import django

    django.setup()
    from bench import machine, seed

    seed.programme(ROOT)
    servers.start_all()
    result = {"made_at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine.describe(_version())}
    return result | _measured(servers, wanted)


def _measured(servers, wanted) -> dict:
    from bench import ratios, stories

    if wanted.load is None:
        return ratios.run(servers, ratios.QUICK if wanted.quick else ratios.FULL, say)
    return {"load": stories.run(servers, wanted.load or STORIES, wanted.share, say)}


def _version() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return cursor.fetchone()[0]


def _keep(result, wanted):
    from bench import report

    if wanted.load is not None:
        name = f"load-{result['made_at'][:10]}"
        print(json.dumps(result["load"], indent=1))
    else:
        name = result["made_at"][:10]
        print(report.as_text(result))
    if not wanted.quick and wanted.share == 1:
        RESULTS.mkdir(exist_ok=True)
        known = RESULTS / f"{name}.json"
        if wanted.load and known.exists():
            result["load"] = json.loads(known.read_text())["load"] | result["load"]
        known.write_text(json.dumps(result, indent=1) + "\n")
        report.write_page(RESULTS)


def say(words):
    print(f"  {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
