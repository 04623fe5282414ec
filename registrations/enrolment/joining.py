"""Joining a meeting: checks the time window, stores the first click, returns the meeting's address."""

import logging

from django.db import DatabaseError

from registrations.models import Registration

log = logging.getLogger(__name__)


class MeetingClosed(Exception):
    """The meeting address is not shown: too early, over, called off or cancelled."""


def join(*, registration, now) -> str:
    """Remember the first click as attendance and give the meeting address, "" if staff have not set it yet.

    Raises MeetingClosed. While the database takes no change people get in, and are not counted.
    """
    if not registration.can_join(now):
        raise MeetingClosed
    try:
        Registration.objects.filter(pk=registration.pk, joined_at=None).update(joined_at=now)
    except DatabaseError as error:
        log.error("a first click was not stored: %s", type(error).__name__)
    return registration.occurrence.current(now).meeting_address
