"""Who came: the personal door to the meeting, and the click that is remembered."""

from registrations.models import Registration


class DoorClosed(Exception):
    """The meeting address is not shown: too early, over, called off or cancelled."""


def join(*, registration, now) -> str:
    """Remember the first click as attendance and give the meeting address, "" if staff have not set it yet.

    Raises DoorClosed.
    """
    if not registration.can_join(now):
        raise DoorClosed
    Registration.objects.filter(pk=registration.pk, joined_at=None).update(joined_at=now)
    return registration.occurrence.meeting_url
