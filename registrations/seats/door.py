"""When the personal door to a meeting is open."""

from datetime import timedelta

OPENS_BEFORE = timedelta(minutes=15)


def opens_at(occurrence):
    return occurrence.starts_at - OPENS_BEFORE


def is_open(registration, now) -> bool:
    slot = registration.occurrence
    in_window = opens_at(slot) <= now < slot.ends_at
    return registration.is_confirmed and in_window and not slot.is_called_off
