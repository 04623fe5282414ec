"""Circulars to everybody of a session, a time slot or the season are on personal pages, too (decision 0062)."""

from dataclasses import dataclass

from django.db.models import Prefetch

from registrations.models import Circular, CircularWords
from registrations.people import audiences
from registrations.people.audiences import Audience


@dataclass(frozen=True)
class OnPage:
    """One that a person may read; `sessions` are the ids of those of theirs that it is about, none if it is to all."""

    circular: Circular
    sessions: frozenset[int]


def of_person(participant, registrations, *, now) -> list[OnPage]:
    """Those whose mails have left and that were not taken back, the newest first, with their words but for the text.

    For who has confirmed, by those of their `registrations` that are not cancelled.
    """
    active = [registration for registration in registrations if not registration.is_cancelled]
    if not active or participant.confirmed_at is None:
        return []
    words = Prefetch("words", CircularWords.objects.defer("text"))
    left = Circular.objects.left(now).filter(season=participant.season_id).defer("left").prefetch_related(words)
    candidates = [circular for circular in left.order_by("-mails_leave_at", "-pk") if _is_for_all(circular)]
    found = [(circular, _about(circular, active)) for circular in candidates]
    return [OnPage(circular, frozenset(sessions)) for circular, sessions in found if sessions is not None]


def _is_for_all(circular) -> bool:
    return audiences.is_for_all(circular.audience)


def _about(circular, active) -> set[int] | None:
    """None if it is not for the person."""
    audience = Audience.of(circular.audience)
    if audience.everybody:
        return set()
    return {registration.session_id for registration in active if audience.has_chosen(registration)} or None
