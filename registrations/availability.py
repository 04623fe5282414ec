"""Seats taken and left, who waits for one, and whether a session takes registrations at a moment."""

from enum import StrEnum

from django.db.models import Case, Count, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from registrations.models import Registration


class SlotState(StrEnum):
    """What a slot is to a visitor at a moment."""

    BY_INVITATION = "by-invitation"
    CALLED_OFF = "called-off"
    OVER = "over"
    OPENS_LATER = "opens-later"
    CLOSED = "closed"
    FULL = "full"
    WAITING_LIST = "waiting-list"
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
        (SlotState.WAITING_LIST, is_full(occurrence) and has_waiting_list(occurrence, now)),
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
    """Whether a newcomer gets a seat: one that others wait for is not theirs."""
    left = seats_left(occurrence)
    return left is None or (left > 0 and not _waiting_for(occurrence).exists())


def has_waiting_list(occurrence, now) -> bool:
    """Whether somebody who finds the slot full may wait: nobody gets a seat any more once the session has begun."""
    return occurrence.capacity is not None and not occurrence.is_called_off and now < occurrence.starts_at


def people_waiting(occurrence) -> int:
    return _waiting_for(occurrence).count()


def position(registration) -> int:
    """The place in the list of its slot, 1 for the next to get a seat; for a registration that waits."""
    up_to = _up_to(registration.waiting_since, registration.pk)
    return _waiting_for(registration.occurrence_id).filter(up_to).count()


def with_position(registrations):
    """The queryset annotated with `position`, None for those that do not wait."""
    up_to = _waiting_for(OuterRef("occurrence")).filter(_up_to(OuterRef("waiting_since"), OuterRef("pk")))
    counted = up_to.order_by().values("occurrence").annotate(number=Count("pk"))
    return registrations.annotate(position=Subquery(counted.values("number")))


def _waiting_for(occurrence):
    return Registration.objects.waiting().filter(occurrence=occurrence)


def _up_to(since, pk) -> Q:
    return Q(waiting_since__lt=since) | Q(waiting_since=since, pk__lte=pk)


def with_seats_taken(occurrences):
    """The queryset annotated with `taken` and `waiting`, for lists of staff."""
    return occurrences.annotate(taken=_people("confirmed"), waiting=_people("waitlisted"))


def with_seats_that_count(occurrences):
    """As `with_seats_taken`, but 0 where there is no limit: for visitors, whom no number of thousands need hold up."""
    is_unlimited = When(capacity=None, then=0)
    numbers = {"taken": _people("confirmed"), "waiting": _people("waitlisted")}
    return occurrences.annotate(**{name: Case(is_unlimited, default=people) for name, people in numbers.items()})


def _people(status):
    """By subquery: a join would count everybody once more for each number of rows and each list of dates."""
    of_slot = Registration.objects.filter(occurrence=OuterRef("pk"), status=status).order_by().values("occurrence")
    return Coalesce(Subquery(of_slot.annotate(number=Count("pk")).values("number")), 0)


def count_people(occurrences, now):
    """Set `taken` and `waiting` as `with_seats_taken` does, only where they decide: with a limit and not over."""
    limited = {slot.pk: slot for slot in occurrences if slot.capacity is not None and not slot.is_over(now)}
    for slot in occurrences:
        slot.taken = slot.waiting = 0
    if not limited:
        return
    active = Registration.objects.active().filter(occurrence__in=limited).order_by()
    for pk, status, people in active.values_list("occurrence", "status").annotate(people=Count("pk")):
        name = "waiting" if status == Registration.Status.WAITLISTED else "taken"
        setattr(limited[pk], name, people)


def is_full(occurrence) -> bool:
    """Whether a newcomer gets no seat; for an occurrence with seats taken, by whichever of these ways."""
    return occurrence.capacity is not None and (occurrence.taken >= occurrence.capacity or occurrence.waiting > 0)


def is_open(session, now) -> bool:
    """Whether the session takes registrations at `now`, as far as its dates and access go; its slots may be over."""
    if session.is_by_invitation or not session.is_published:
        return False
    return _is_within_dates(session, now)


def _is_within_dates(session, now) -> bool:
    opens_at, closes_at = session.registration_opens_at, session.registration_closes_at
    return (opens_at is None or opens_at <= now) and (closes_at is None or now < closes_at)


def takes_registrations(occurrence, now) -> bool:
    """Whether this slot of an open session can be chosen at `now`; whether a seat is free is another question."""
    return is_open(occurrence.session, now) and not occurrence.is_called_off and not occurrence.is_over(now)


def takes_invited(occurrence, now) -> bool:
    """Whether an invited person may choose this slot at `now`; whether a seat is free is another question."""
    return _is_within_dates(occurrence.session, now) and not occurrence.is_called_off and not occurrence.is_over(now)
