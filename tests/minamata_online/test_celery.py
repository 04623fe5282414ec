"""What tasks of ours have in common."""

import pytest
from django.db import connection

from minamata_online.celery import app
from tests.factories import MessageFactory

pytestmark = pytest.mark.fault

# By hand: nobody but a database server knows its connections.
OTHERS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


def connections() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(OTHERS)
        return {pid for (pid,) in cursor.fetchall()}


def send_mails(smtp_server, number) -> set[int]:
    """One after the other, each by a task of its own; the connections that were open when they came."""
    before, seen = len(smtp_server.mails), set()
    for sent in range(number):
        MessageFactory()
        app.send_task("registrations.tasks.deliver_newest")
        smtp_server.wait_for(before + sent + 1)
        seen |= connections()
    return seen


def test_tasks_share_the_connection_of_their_process(worker, smtp_server):
    before = connections()

    opened = send_mails(smtp_server, 8) - before

    assert 1 <= len(opened) <= 2


def test_task_whose_connection_broke_opens_another_one(worker, smtp_server):
    before = connections()
    broken = send_mails(smtp_server, 6) - before
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s) AS pid", [list(broken)])

    opened = send_mails(smtp_server, 4) - before

    assert broken
    assert opened
    assert not broken & opened
