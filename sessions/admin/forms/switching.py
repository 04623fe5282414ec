"""Whether a season may still become a rehearsal, or a rehearsal a real season: not with anybody in it."""

from django.utils.translation import gettext as _

from registrations.certificates import issuing
from registrations.models import Delegation, Invitation, Message, Participant
from registrations.rehearsals import moving
from sessions.models import Season


def refusal(season_id, *, wants_rehearsal) -> str:
    """Why not, in words for staff; empty where nothing speaks against it. The season must be locked, and its slots."""
    season = Season.objects.get(pk=season_id)
    if season.is_rehearsal == wants_rehearsal:
        return ""
    if season.clock_ahead:
        return _("Its own time is ahead of the true one, so it stays a rehearsal. Copy it for the real season.")
    if moving.under_way(season):
        return _("Its clock is being moved forward, so it stays a rehearsal. Copy it for the real season.")
    # What the check of a certificate says of a rehearsal is as its paper says.
    if issuing.has_any(season):
        return _(
            "Certificates of this season are issued, and would be checked as something else than their paper says. "
            "Copy the season instead."
        )
    if not _in_use(season):
        return ""
    if season.is_rehearsal:
        return _("People have practised in it already, so it stays a rehearsal. Copy it for the real season.")
    return _("People are in it already, so it stays a real season. To practise, copy it as a rehearsal.")


def _in_use(season) -> bool:
    """Whether anybody has signed up, was named or invited, or has got a mail; also who has cancelled since."""
    found = (
        Participant.objects.filter(season=season),
        Delegation.objects.filter(season=season),
        Invitation.objects.filter(session__season=season),
        Message.objects.filter(rehearsal=season),
    )
    return any(rows.exists() for rows in found)
