"""Words that stand in calendar entries are changed: the entries must be new ones, or calendars keep the old words."""

from django.db import transaction
from django.db.models import F

from registrations.models import Message
from sessions.models import Season, Session

OF_SESSION, OF_SEASON = {"title", "summary", "access"}, {"title", "is_rehearsal"}


@transaction.atomic
def session_saved(*, session, changed, now):
    """`changed` names the fields of the session that staff changed."""
    Season.objects.touch(session.season_id, now=now)
    if OF_SESSION.intersection(changed):
        _renew(session, now)


@transaction.atomic
def season_saved(*, season, changed, now):
    """`changed` names the fields of the season that staff changed."""
    Season.objects.touch(season.pk, now=now)
    if OF_SEASON.intersection(changed):
        for session in season.sessions.order_by("pk"):
            _renew(session, now)


def words(season_slug) -> dict[int, tuple]:
    """What entries say, by session; to be compared later by `renew_differing`."""
    fields = (*sorted(OF_SESSION), *(f"season__{name}" for name in sorted(OF_SEASON)))
    rows = Session.objects.filter(season__slug=season_slug).values_list("pk", *fields)
    return {pk: said for pk, *said in rows}


def renew_differing(season, before, *, now):
    """For the sessions of the season whose words are others than in `before`."""
    after = words(season.slug)
    for session in season.sessions.filter(pk__in=before).order_by("pk"):
        if after[session.pk] != before[session.pk]:
            _renew(session, now)


def _renew(session, now):
    """Locks the session's slots: Google keeps the old words of an entry while its SEQUENCE stays (RFC 5545 3.8.7.4)."""
    list(session.occurrences.select_for_update().order_by("pk"))
    session.occurrences.update(sequence=F("sequence") + 1, changed_at=now)
    _renew_own(session.registrations.confirmed(), now)


def _renew_own(registrations, now):
    """A new SEQUENCE for people's own entries, and for the mails that wait with the present one.

    A mail with a lower SEQUENCE than its registration counts as overtaken, and would never be sent.
    """
    waiting = Message.objects.unsent().filter(registration__in=registrations, sequence=F("registration__sequence"))
    # In the order in which the worker locks them.
    mails = list(waiting.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    Message.objects.filter(pk__in=mails).update(sequence=F("sequence") + 1)
    registrations.update(sequence=F("sequence") + 1, revised_at=now)
