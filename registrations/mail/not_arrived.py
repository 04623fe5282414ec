"""Which mails did not arrive, and nothing has made up for it."""

from django.db.models import Exists, OuterRef, Q

from registrations.mail import kinds
from registrations.models import Message

ORDERED = kinds.names(lambda kind: kind.is_ordered)


def to_see_to():
    """Mails that failed, and those that came back and were not followed by one that says the same; not the settled."""
    return Message.objects.unsettled().exclude(Q(came_back_at__isnull=False) & _is_followed())


def _is_followed():
    """By a later mail about the registration; what tells of the seat by one that does, and a list by its like."""
    later = Message.objects.hoped_for().filter(pk__gt=OuterRef("pk"))
    about_it = later.filter(registration=OuterRef("registration"))
    like_it = later.filter(registration=None, participant=OuterRef("participant"), kind=OuterRef("kind"))
    of_list = Q(registration=None) & Exists(like_it)
    return Exists(about_it.filter(kind__in=ORDERED)) | ~Q(kind__in=ORDERED) & Exists(about_it) | of_list
