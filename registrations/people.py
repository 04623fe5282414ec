"""Who stands behind a mailbox, over all seasons."""

from registrations.models import Participant
from sessions.models import Season


def behind(mailbox: str, *, seasons=None):
    """Participants with this folded address, the newest season first, then by name.

    The seasons are named one by one, because the index on mailboxes begins with the season.
    """
    found = Season.objects.all() if seasons is None else seasons
    people = Participant.objects.filter(season__in=list(found.values_list("pk", flat=True)), mailbox=mailbox)
    return people.select_related("season").order_by("-season__starts_on", "season_id", "name_key")
