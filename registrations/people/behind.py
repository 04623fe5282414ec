"""Who stands behind a mailbox, over all seasons."""

from registrations.models import Participant
from sessions.models import Season


def behind(mailbox: str, *, seasons=None):
    """Participants with this folded address, the newest season first, then by name.

    The seasons are named one by one, because the index on mailboxes begins with the season.
    """
    named = Season.objects.values_list("pk", flat=True) if seasons is None else [season.pk for season in seasons]
    people = Participant.objects.filter(season__in=list(named), mailbox=mailbox)
    return people.select_related("season").order_by("-season__starts_on", "season_id", "name_key")
