"""Seats taken and left, and whether a session takes registrations at a moment."""

from enum import StrEnum

from django.db.models import Count, Q

from registrations.models import Registration


class SlotState(StrEnum):
    """What a slot is to a visitor at a moment."""

    BY_INVITATION = "by-invitation"
    CALLED_OFF = "called-off"
    OVER = "over"
    OPENS_LATER = "opens-later"
    CLOSED = "closed"
    FULL = "full"
    OPEN = "open"


def state(occurrence, now) -> SlotState:
    """For an occurrence of `with_seats_taken` with its session loaded."""
    session = occurrence.session
    answers = (
        (SlotState.CALLED_OFF, occurrence.is_called_off),
        (SlotState.OVER, occurrence.is_over(now)),
        (SlotState.BY_INVITATION, session.is_by_invitation),
        (SlotState.OPENS_LATER, session.registration_opens_at and now < session.registration_opens_at),
        (SlotState.CLOSED, not takes_registrations(occurrence, now)),
        (SlotState.FULL, is_full(occurrence)),
    )
    return next((answer for answer, applies in answers if applies), SlotState.OPEN)


def seats_taken(occurrence) -> int:
    return Registration.objects.confirmed().filter(occurrence=occurrence).count()


def seats_left(occurrence) -> int | None:
    """Free seats at this moment; None means no limit. Waiting people do not count."""
    if occurrence.capacity is None:
        return None
    return max(0, occurrence.capacity - seats_taken(occurrence))


def has_free_seat(occurrence) -> bool:
    left = seats_left(occurrence)
    return left is None or left > 0


def with_seats_taken(occurrences):
    """The queryset annotated with `taken`, for lists."""
    confirmed = Q(registrations__status=Registration.Status.CONFIRMED)
    return occurrences.annotate(taken=Count("registrations", filter=confirmed))


def is_full(occurrence) -> bool:
    """For an occurrence of `with_seats_taken`."""
    return occurrence.capacity is not None and occurrence.taken >= occurrence.capacity


def is_open(session, now) -> bool:
    """Whether the session takes registrations at `now`, as far as its dates and access go; its slots may be over."""
    if session.is_by_invitation or not session.is_published:
        return False
    opens_at, closes_at = session.registration_opens_at, session.registration_closes_at
    return (opens_at is None or opens_at <= now) and (closes_at is None or now < closes_at)


def takes_registrations(occurrence, now) -> bool:
    """Whether this slot of an open session can be chosen at `now`; whether a seat is free is another question."""
    return is_open(occurrence.session, now) and not occurrence.is_called_off and not occurrence.is_over(now)
