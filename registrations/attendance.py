"""Who came: the personal door to the meeting, and the click that is remembered."""

from datetime import timedelta

from registrations.models import Registration

DOOR_OPENS_BEFORE = timedelta(minutes=15)


class DoorClosed(Exception):
    """The meeting address is not shown: too early, over, called off or cancelled."""


def door_opens_at(occurrence):
    return occurrence.starts_at - DOOR_OPENS_BEFORE


def is_door_open(registration, now) -> bool:
    slot = registration.occurrence
    in_window = door_opens_at(slot) <= now < slot.ends_at
    return registration.is_confirmed and in_window and not slot.is_called_off


def join(*, registration, now) -> str:
    """Remember the first click as attendance and give the meeting address, "" if staff have not set it yet.

    Raises DoorClosed.
    """
    if not is_door_open(registration, now):
        raise DoorClosed
    Registration.objects.filter(pk=registration.pk, joined_at=None).update(joined_at=now)
    return registration.occurrence.meeting_url
