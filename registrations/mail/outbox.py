"""Queue rows inside the caller's transaction; the only place that waits for a commit."""

from celery import current_app
from django.db import transaction

from registrations import audit
from registrations.models import Message

MAILS_A_TASK, MAILS_TO_HURRY = 20, 100


def post(messages):
    """Store the mails with the caller's own change, so that both are committed or neither.

    A mail whose `dedupe_key` is known was posted before and is left out. After the commit a task is queued for the
    first ones that are due; with the broker away that fails in milliseconds, is logged, and beat has them found.
    """
    messages = list(messages)
    Message.objects.bulk_create(messages, ignore_conflicts=True, batch_size=500)
    keys = [message.dedupe_key for message in messages if _is_due(message)][:MAILS_TO_HURRY]
    _hurry(Message.objects.unsent().filter(dedupe_key__in=keys).order_by("pk").values_list("pk", flat=True))


def post_new(messages):
    """As `post`, for mails that nobody can have posted before: what they tell of was stored in this transaction."""
    stored = Message.objects.bulk_create(messages, batch_size=500)
    _hurry([message.pk for message in stored if _is_due(message)])


@transaction.atomic
def requeue_failed(*, mails, now, by=None) -> int:
    """Make the failed ones among these due again, as long as they have their text; returns how many."""
    number = mails.requeue(now)
    if number:
        about = mails.model._meta.verbose_name_plural
        audit.record("sent-again", by=by, about=str(about), after={"mails": number})
    return number


def uncomposed(kind, registration, *, key, message_id, now, due_at, **more) -> Message:
    """A mail to one of many, without its text: the worker composes it from the state at the time of sending.

    `registration` comes with its participant; `more` are further fields of the row.
    """
    return Message(
        kind=kind,
        dedupe_key=f"{kind}:{key}",
        participant=registration.participant,
        registration=registration,
        recipient=registration.participant.email,
        message_id=message_id,
        queued_at=now,
        due_at=due_at,
        **more,
    )


def tell_worker(task, argument):
    """Have the worker begin a task after the commit; with the broker away beat has it begin.

    By its name: the tasks belong to a layer above this one.
    """
    name = f"registrations.tasks.{task}"
    transaction.on_commit(lambda: current_app.send_task(name, args=[argument]), robust=True)


def _is_due(message) -> bool:
    return message.due_at <= message.queued_at


def _hurry(pks):
    first = list(pks[:MAILS_TO_HURRY])
    for start in range(0, len(first), MAILS_A_TASK):
        tell_worker("deliver", first[start : start + MAILS_A_TASK])
