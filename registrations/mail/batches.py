"""What concerns thousands of people is done by the worker, in transactions of a batch each."""

import time

from django.db import transaction

from registrations.mail import outbox

# So many in one transaction: whoever signs up for the time slot waits for one batch at most.
PEOPLE_A_BATCH = 500
# For up to so many it is done in the request itself: no more than a batch.
PEOPLE_AT_ONCE = 500


def begin(people, post_all, *, task, argument) -> bool:
    """Post the mails to so many people with `post_all`, or have the worker's task do it; returns whether it does."""
    if people <= PEOPLE_AT_ONCE:
        post_all()
        return False
    outbox.tell_worker(task, argument)
    return True


def work_off(lock, do_some, *, seconds) -> bool:
    """Do one batch after the other for so long, each in a transaction; returns whether something is left.

    `lock` reads and locks what the batch is about; None when nothing of it is left to do. `do_some` does a batch for it
    and returns whether something is left. Whoever is killed here leaves nothing of the batch.
    """
    ends = time.monotonic() + seconds
    while is_left := _batch(lock, do_some):
        if time.monotonic() > ends:
            break
    return is_left


def post_some(lacking, mail_to) -> bool:
    """Post what `mail_to` returns for each of the first batch of `lacking`; returns whether some are left."""
    found = list(lacking[: PEOPLE_A_BATCH + 1])
    outbox.post([mail_to(each) for each in found[:PEOPLE_A_BATCH]])
    return len(found) > PEOPLE_A_BATCH


@transaction.atomic
def _batch(lock, do_some) -> bool:
    locked = lock()
    return locked is not None and do_some(locked)
