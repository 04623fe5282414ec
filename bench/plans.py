"""Which queries of a page take long, and which of them read a large table from end to end."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

LARGE = ["registrations_registration", "registrations_participant", "registrations_message"]
SLOW_SECONDS = 0.03


def slow(ask) -> list[dict]:
    """`ask` is called twice; of its second call the queries that took long, with what their plan scans."""
    ask()
    with CaptureQueriesContext(connection) as captured:
        ask()
    return [_described(query) for query in captured if _may_be_explained(query)]


def _may_be_explained(query) -> bool:
    return float(query["time"]) >= SLOW_SECONDS and query["sql"].startswith("SELECT")


def _described(query) -> dict:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + query["sql"])
        plan = [line for (line,) in cursor.fetchall()]
    scans = sorted({table for table in LARGE for line in plan if "Seq Scan" in line and f" on {table}" in line})
    return {"ms": 1000 * float(query["time"]), "scans": scans, "sql": query["sql"], "plan": plan}
