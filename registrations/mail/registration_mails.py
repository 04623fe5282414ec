"""Which mails tell of the state of registrations: of one, or of several in a list."""

from django.db.models import F, Q

from registrations.mail import kinds
from registrations.mail.kinds import State
from registrations.models import Message, Registration

ORDERED = kinds.names(lambda kind: kind.is_ordered)
FIRST_LISTS = kinds.names(lambda kind: kind.is_first and kind.tells == State.OWN_LIST)
LISTS_OF_NAMED = kinds.names(lambda kind: kind.tells == State.LIST_OF_NAMED)


def telling_of(registrations):
    """All mails that tell of these registrations, whatever became of them, as `with_state`.

    With `registered_at`, and with `is_being_prepared`: whether a mail to the registration is being prepared.
    """
    if not registrations:
        return Message.objects.none()
    found = Message.objects.filter(registration__in=registrations, kind__in=ORDERED)
    prepared = Q(registration__unprepared_since__isnull=False, registration__status__in=Registration.ACTIVE)
    return found.with_state().annotate(registered_at=F("registration__registered_at"), is_being_prepared=prepared)


def tells_of_one(message) -> bool:
    return message.registration_id is not None and kinds.of(message).is_ordered


def lists_of(people) -> list[Message]:
    """The mails that first listed what these people were registered for, as `with_state`."""
    if not people:
        return []
    # Somebody who stays with a focal point is named in a mail to somebody behind the same mailbox.
    neighbour = "participant__season__participants"
    behind = {f"{neighbour}__in": people, f"{neighbour}__mailbox": F("participant__mailbox")}
    to_focal_points = Message.objects.filter(kind__in=LISTS_OF_NAMED, **behind).distinct()
    own = Message.objects.filter(participant__in=people, kind__in=FIRST_LISTS)
    return [*own.with_state(), *to_focal_points.with_state("written_from")]


def people_listed(message) -> set[int]:
    """Of a mail with a list, whose registrations it lists."""
    if kinds.of(message).tells == State.LIST_OF_NAMED:
        return {pk for _name, pk in message.written_from.get("staying", [])}
    return {message.participant_id}
