from celery import shared_task

from registrations import delivery

MAILS_A_RELAY = 100


@shared_task
def deliver(pks):
    delivery.deliver(pks)


@shared_task
def relay():
    """Deliver what is due: mails nobody was told of, retries, and claims of the dead."""
    delivery.deliver(delivery.due(limit=MAILS_A_RELAY))
