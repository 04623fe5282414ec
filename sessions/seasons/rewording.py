"""Texts of calendar entries are changed: the entries must be new ones, or calendars keep the old words."""

from django.db import transaction
from django.db.models import F

from registrations.models import Registration
from sessions.models import Occurrence, Season, Session

OF_SESSION, OF_SEASON = {"title", "summary", "access"}, {"title", "is_rehearsal"}


@transaction.atomic
def session_saved(*, session, changed, now):
    """`changed` names the fields of the session that staff changed."""
    _renew([session.pk] if OF_SESSION.intersection(changed) else [], session.season_id, now)


@transaction.atomic
def season_saved(*, season, changed, now):
    """`changed` names the fields of the season that staff changed."""
    sessions = season.sessions.values_list("pk", flat=True) if OF_SEASON.intersection(changed) else []
    _renew(list(sessions), season.pk, now)


def words(season_slug) -> dict[int, tuple]:
    """What entries say, by session; to be compared later by `renew_differing`."""
    fields = (*sorted(OF_SESSION), *(f"season__{name}" for name in sorted(OF_SEASON)))
    rows = Session.objects.filter(season__slug=season_slug).values_list("pk", *fields)
    return {pk: said for pk, *said in rows}


def renew_differing(season, before, *, now):
    """For the sessions of the season whose words are others than in `before`."""
    after = words(season.slug)
    if renewed := [pk for pk in before if pk in after and after[pk] != before[pk]]:
        _renew(renewed, season.pk, now)


def _renew(sessions, season_id, now):
    """Note that the season was changed, and renew the entries of these of its sessions.

    Locks their slots, all at once and in the order of their ids, as those who sign up do; then the season.

    Google keeps the old words of an entry while its SEQUENCE stays (RFC 5545 3.8.7.4).
    """
    slots = Occurrence.objects.filter(session__in=sessions)
    list(slots.locked().values_list("pk"))
    Season.objects.touch(season_id, now=now)
    slots.update(sequence=F("sequence") + 1, changed_at=now)
    _renew_own(Registration.objects.confirmed().filter(session__in=sessions), now)


def _renew_own(registrations, now):
    """A new SEQUENCE for people's own entries; mails that wait take it along when they leave."""
    list(registrations.locked().values_list("pk"))
    registrations.update(sequence=F("sequence") + 1, revised_at=now)
