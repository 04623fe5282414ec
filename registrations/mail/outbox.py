"""Queue rows inside the caller's transaction; the only place that waits for a commit."""

from celery import current_app
from django.core.cache import cache
from django.db import transaction

from registrations import audit
from registrations.models import Message
from sessions.models import Season

# Mails that are posted so soon after each other leave by one task.
SECONDS_TOGETHER = 0.5
# While this is in the shared cache, a task that will find all that is committed is on its way. If it was lost, with the
# broker or the process that asked, somebody asks again so many seconds later; beat has found those mails soon after.
ASKED, SECONDS_ASKED = "delivery-asked-for", 2


def post(messages):
    """Store the mails with the caller's own change, so that both are committed or neither.

    A mail whose `dedupe_key` is known was posted before and is left out. After the commit the worker is asked for those
    that are due; with the broker away that fails in milliseconds, is logged, and beat has them found.
    """
    of_rehearsals(messages)
    _hurry(Message.objects.bulk_create(messages, ignore_conflicts=True, batch_size=500))


def post_new(messages):
    """As `post`, for mails that nobody can have posted before: what they tell of was stored in this transaction."""
    of_rehearsals(messages)
    _hurry(Message.objects.bulk_create(messages, batch_size=500))


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
    known = {"key": key, "message_id": message_id, "now": now, "due_at": due_at, "registration": registration}
    return uncomposed_list(kind, registration.participant, **known, **more)


def uncomposed_list(kind, participant, *, key, message_id, now, due_at, **more) -> Message:
    """As `uncomposed`, about several registrations of one person."""
    return Message(
        kind=kind,
        dedupe_key=f"{kind}:{key}",
        participant=participant,
        recipient=participant.email,
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


def begin_delivery():
    """For the task, before it looks: whoever commits a mail from now on asks for another one."""
    cache.delete(ASKED)


def of_rehearsals(messages) -> list[Message]:
    """Those of them that go into the box of a rehearsal (mail.boxing), and say so in `rehearsal` from now on."""
    seasons = Season.objects.filter(is_rehearsal=True).values_list("pk", flat=True) if messages else []
    # Of most programmes there are none, and then no person of a mail is read.
    rehearsals = set(seasons)
    found = [message for message in messages if rehearsals and _season_of(message) in rehearsals]
    for message in found:
        message.rehearsal_id = _season_of(message)
    return found


def _season_of(message) -> int | None:
    """None for a mail to a mailbox, such as a code to sign in, which belongs to no season."""
    if message.participant_id:
        return message.participant.season_id
    if message.registration_id:
        return message.registration.participant.season_id
    if message.invitation_id:
        return message.invitation.session.season_id
    return message.circular.season_id if message.circular_id else message.rehearsal_id


def _hurry(messages):
    if any(message.due_at <= message.queued_at for message in messages):
        transaction.on_commit(_ask_for_delivery, robust=True)


def _ask_for_delivery():
    if cache.add(ASKED, 1, SECONDS_ASKED):
        current_app.send_task("registrations.tasks.deliver_newest", countdown=SECONDS_TOGETHER)
