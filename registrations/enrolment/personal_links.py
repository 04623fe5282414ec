"""New keys for the addresses that belong to one person: their pages, and their calendar."""

import logging

from django.db import DatabaseError, transaction

from registrations.mail import outbox
from registrations.mail.notices.mailbox import new_link
from registrations.models import Participant, new_key

log = logging.getLogger(__name__)


def note_opening(*, participant, now):
    """Remember the first time that the person's page was shown. While the database takes no change it is shown, too."""
    if participant.page_opened_at:
        return
    try:
        Participant.objects.filter(pk=participant.pk, page_opened_at=None).update(page_opened_at=now)
    except DatabaseError as error:
        log.error("the opening of a page was not stored: %s", type(error).__name__)


def renew_feed_key(*, participant):
    """Give the person's calendar another address; the old one opens nothing from this moment on."""
    participant.feed_key = new_key()
    participant.save(update_fields=["feed_key"])


@transaction.atomic
def renew_key(*, participant, now):
    """Give the person's pages another address; the old one opens nothing from this moment on.

    The new one goes to their mailbox only: others who had the old one must not get it. Renewing twice with the same
    old one is renewing once.
    """
    found = Participant.objects.filter(pk=participant.pk, key=participant.key, anonymised_at=None)
    participant.key = new_key()
    if found.update(key=participant.key):
        outbox.post([new_link(participant, now=now)])
