"""Joining a meeting: checks the time window, stores the first click, returns the meeting's address."""

from registrations.models import Registration


class MeetingClosed(Exception):
    """The meeting address is not shown: too early, over, called off or cancelled."""


def join(*, registration, now) -> str:
    """Remember the first click as attendance and give the meeting address, "" if staff have not set it yet.

    Raises MeetingClosed.
    """
    if not registration.can_join(now):
        raise MeetingClosed
    Registration.objects.filter(pk=registration.pk, joined_at=None).update(joined_at=now)
    return registration.occurrence.meeting_url
