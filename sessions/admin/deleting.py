"""What prevents deleting a season, session or time slot: people who have to do with it."""

from django.utils.text import capfirst

from registrations.models import Delegation, Invitation, Participant, Registration
from sessions.clocks.dates import number
from sessions.models import Occurrence, Season, Session

# How each of these refers to what is to be deleted.
WAYS = {
    Season: {
        Participant: "season",
        Registration: "session__season",
        Invitation: "session__season",
        Delegation: "season",
    },
    Session: {Registration: "session", Invitation: "session"},
    Occurrence: {Registration: "occurrence"},
}


def people_in_the_way(row) -> list[str]:
    """Numbers and no names: 12 registrations, 3 invitations."""
    found = {model: model.objects.filter(**{way: row}).count() for model, way in WAYS[type(row)].items()}
    return [_in_words(model, count) for model, count in found.items() if count]


def _in_words(model, count) -> str:
    return f"{capfirst(str(model._meta.verbose_name_plural))}: {number(count)}"
