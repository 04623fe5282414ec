"""Who may not take a place in a session by themselves, because staff have taken one away from them there."""

from django.db.models import Q

from registrations.models import Registration, SeatRemoval


def among(slots, participant, *, since=None) -> list:
    """Those of the slots that the person may not have; of removals at `since` or later, if a moment is given.

    Where nobody stood behind a sign-up, the whole mailbox is barred: the next form has another name. Otherwise others
    who share the mailbox are not.
    """
    theirs = Q(participant=participant) | Q(
        removal__reason=SeatRemoval.Reason.FAKE,
        participant__mailbox=participant.mailbox,
        participant__season=participant.season_id,
    )
    barring = Registration.objects.barring().filter(theirs, session__in=[slot.session_id for slot in slots])
    if since:
        barring = barring.filter(cancelled_at__gte=since)
    sessions = set(barring.values_list("session", flat=True))
    return [slot for slot in slots if slot.session_id in sessions]
