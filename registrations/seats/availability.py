"""Seats taken and left, who waits for one, and whether a session takes registrations at a moment."""

from django.db.models import Count, OuterRef, Q, Subquery

from registrations.models import Registration
from sessions.models import Occurrence
from sessions.slot_states import SlotState


def state(occurrence, now) -> SlotState:
    """For an occurrence with its session loaded."""
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


def seats_left(occurrence) -> int | None:
    """Seats that nobody has; None means no limit. Some of them may belong to those who wait."""
    if occurrence.capacity is None:
        return None
    return max(0, occurrence.capacity - occurrence.taken)


def seats_for_newcomers(occurrence) -> int | None:
    """Seats that somebody who comes now can have; None means no limit.

    A seat that others wait for is not a newcomer's, also when it is not given any more because the last part has begun.
    """
    return 0 if occurrence.capacity is not None and occurrence.waiting else seats_left(occurrence)


def is_full(occurrence) -> bool:
    """Whether a newcomer gets no seat."""
    return seats_for_newcomers(occurrence) == 0


def has_waiting_list(occurrence, now) -> bool:
    """Whether somebody who finds the slot full may wait: nobody gets a seat any more once its last part has begun."""
    return occurrence.capacity is not None and not occurrence.is_called_off and now < occurrence.last_starts_at


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


def read_again(occurrences, now):
    """The present numbers of people for slots that were read earlier, where they decide: with a limit and not over."""
    limited = {slot.pk: slot for slot in occurrences if slot.capacity is not None and not slot.is_over(now)}
    if not limited:
        return
    for pk, taken, waiting in Occurrence.objects.filter(pk__in=limited).values_list("pk", "taken", "waiting"):
        limited[pk].taken, limited[pk].waiting = taken, waiting


def is_open(session, now) -> bool:
    """Whether the session takes registrations at `now`, as far as its dates and access go; its slots may be over."""
    if session.is_by_invitation or not session.is_published:
        return False
    return is_within_dates(session, now)


def is_within_dates(session, now) -> bool:
    """Whether the dates of its registration let people sign up at `now`, as soon as they see the session."""
    closes_at = session.registration_closes_at
    return has_opened(session, now) and (closes_at is None or now < closes_at)


def takes_registrations(occurrence, now) -> bool:
    """Whether this slot of an open session can be chosen at `now`; whether a seat is free is another question."""
    return is_open(occurrence.session, now) and not occurrence.is_called_off and not occurrence.is_over(now)


def takes_callers(occurrence, now) -> bool:
    """Whether staff may register somebody who calls for this slot at `now`: after the closing date, too."""
    session = occurrence.session
    may_be_chosen = session.is_published and not session.is_by_invitation and has_opened(session, now)
    return may_be_chosen and not occurrence.is_called_off and not occurrence.is_over(now)


def has_opened(session, now) -> bool:
    return session.registration_opens_at is None or session.registration_opens_at <= now


def takes_invited(occurrence, now) -> bool:
    """Whether an invited person may choose this slot at `now`; whether a seat is free is another question."""
    return is_within_dates(occurrence.session, now) and not occurrence.is_called_off and not occurrence.is_over(now)
