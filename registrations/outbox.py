"""Queue rows inside the caller's transaction; the only place that waits for a commit."""

from celery import current_app
from django.db import transaction

from registrations.models import Message

MAILS_A_TASK = 20


def post(messages):
    """Store the mails with the caller's own change, so that both are committed or neither.

    A mail whose `dedupe_key` is known was posted before and is left out. After the commit the worker is told; with the
    broker away that fails in milliseconds, is logged, and the clock finds the rows.
    """
    messages = list(messages)
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    keys = [message.dedupe_key for message in messages]
    pks = list(Message.objects.unsent().filter(dedupe_key__in=keys).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), MAILS_A_TASK):
        _hurry_after_commit(pks[start : start + MAILS_A_TASK])


def _hurry_after_commit(pks):
    # By name: the tasks stand on the floor of delivery, above this one.
    transaction.on_commit(lambda: current_app.send_task("registrations.tasks.deliver", args=[pks]), robust=True)
