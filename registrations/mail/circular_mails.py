"""What mails of circulars ask of the present state: read once for all that are claimed together."""

from collections import defaultdict
from dataclasses import dataclass

from registrations.models import Circular
from registrations.people import audiences
from registrations.people.audiences import Audience
from sessions.models import Session


@dataclass(frozen=True)
class Choice:
    """A circular that holds, whether the person of a mail is one of those it is for, and by which sessions.

    `is_over` once all of the person's time slots by which they get it are.
    """

    circular: Circular
    is_chosen: bool
    about: list[Session]
    is_over: bool


def read_choices(messages, *, now):
    """Give each mail of a circular to a person its `choice`, None if the circular was taken back."""
    waiting = defaultdict(list)
    for message in messages:
        if message.circular_id and message.participant_id:
            message.choice = None
            waiting[message.circular_id].append(message)
    # The ids of those left to prepare are many.
    standing = Circular.objects.standing().filter(pk__in=waiting).defer("left")
    for circular in standing.select_related("season").prefetch_related("words"):
        _read_choices_of(circular, waiting[circular.pk], now)


def _read_choices_of(circular, messages, now):
    audience = Audience.of(circular.audience)
    people = {message.participant_id for message in messages}
    chosen = set(
        audiences.people(circular.season, audience, now=now).filter(pk__in=people).values_list("pk", flat=True)
    )
    about = _registrations_of_each(audience, people, now) if audience.is_of_sessions else {}
    for message in messages:
        theirs = about.get(message.participant_id, [])
        sessions = {registration.session_id: registration.session for registration in theirs}
        is_over = bool(theirs) and all(registration.occurrence.is_over(now) for registration in theirs)
        message.choice = Choice(circular, message.participant_id in chosen, list(sessions.values()), is_over)


def _registrations_of_each(audience, people, now) -> dict[int, list]:
    found = audiences.registrations(audience, now=now).filter(participant__in=people)
    about = defaultdict(list)
    for registration in found.order_by("session", "pk").prefetch_related("session", "occurrence"):
        about[registration.participant_id].append(registration)
    return about
