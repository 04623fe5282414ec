"""What an update of one mail costs with thousands behind it, with statistics taken when nothing waited.

PostgreSQL thinks an index of what is queued empty then, and so the quickest way to any row that is queued.
"""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registrations.mail import delivery, ordering
from registrations.models import Message
from tests.factories import MessageFactory

pytestmark = pytest.mark.django_db

QUEUED = 10_000
LEASE = timedelta(seconds=50)


@pytest.fixture
def full_queue():
    """20 mails that are due, and thousands behind them, planned for with statistics of an empty queue."""
    copy(MessageFactory(status=Message.Status.SENT), number=2_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE registrations_message")
    copy(MessageFactory(), number=QUEUED)
    return list(Message.objects.unsent().order_by("pk")[:20])


def copy(message, *, number):
    """Quicker than the ORM, which would take longer than all the rest."""
    own = {"dedupe_key", "message_id"}
    names = [field.column for field in Message._meta.concrete_fields if not field.primary_key]
    values = [f"{name} || n" if name in own else name for name in names]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO registrations_message ({', '.join(names)}) SELECT {', '.join(values)} "
            "FROM registrations_message, generate_series(1, %s) n WHERE id = %s ORDER BY n",
            [number, message.pk],
        )


def rows_read(statement) -> int:
    """How many rows the statement looks at, those that it leaves out among them."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}")
        [[answer]] = cursor.fetchall()
    return sum(_rows(json.loads(answer)[0]["Plan"] if isinstance(answer, str) else answer[0]["Plan"]))


def _rows(plan):
    if "Relation Name" in plan:
        left_out = [number for name, number in plan.items() if re.match("Rows Removed by", name)]
        yield (plan["Actual Rows"] + sum(left_out)) * plan["Actual Loops"]
    for part in plan.get("Plans", []):
        yield from _rows(part)


def statements_about_mails(act) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        act()
    statements = [query["sql"] for query in queries if "registrations_message" in query["sql"]]
    return [sql for sql in statements if re.match("SELECT|UPDATE", sql)]


def claimed(mails):
    return ordering.claim([mail.pk for mail in mails], now=timezone.now(), lease=LEASE)


def compose(mail):
    Message.objects.record_composed([mail])


def sent(mail):
    mail.record_sent(at=timezone.now())


def retry(mail):
    mail.record_retry("451", due_at=timezone.now())


@pytest.mark.parametrize("act", [compose, sent, retry, Message.put_back])
def test_record_of_one_mail_reads_one_row_of_a_full_queue(full_queue, act):
    [mail] = claimed(full_queue[:1])

    statements = statements_about_mails(lambda: act(mail))

    assert [rows_read(statement) for statement in statements] == [1]


def test_claim_reads_the_claimed_rows_of_a_full_queue(full_queue):
    statements = statements_about_mails(lambda: claimed(full_queue))

    assert len(statements) >= 2
    assert all(rows_read(statement) <= len(full_queue) for statement in statements)


@pytest.mark.parametrize("found", [delivery.due, delivery.newest])
def test_mails_that_are_due_are_found_without_reading_the_others(full_queue, found):
    [statement] = statements_about_mails(lambda: found(100))

    assert rows_read(statement) <= 100 + 1


def test_delivery_of_some_mails_reads_no_others(full_queue, smtp_server):
    def deliver():
        delivery.deliver([mail.pk for mail in full_queue])

    statements = statements_about_mails(deliver)

    assert len(smtp_server.mails) == len(full_queue)
    # Each of them, and their person.
    assert max(rows_read(statement) for statement in statements) <= len(full_queue) + 1
