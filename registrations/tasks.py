from celery import shared_task

from registrations import composing, delivery

MAILS_A_BATCH, SECONDS_A_RELAY = 20, 10


@shared_task
def deliver(pks):
    delivery.deliver(pks, prepare=composing.prepare)


@shared_task
def relay():
    """Deliver what is due: mails that had to wait, mails nobody was told of, retries, and claims of the dead."""
    delivery.deliver_due(batch=MAILS_A_BATCH, seconds=SECONDS_A_RELAY, prepare=composing.prepare)
