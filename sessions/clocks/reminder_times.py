"""When a reminder is due and until when it helps, and which sessions one mail tells of."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from sessions.clocks import zones

DAY_HOURS = 24
HOUR = timedelta(hours=1)
# A day on which clocks go back has 25 hours.
LONGEST_DAY = timedelta(hours=25)


def due_at(starts_at, hours):
    return starts_at - timedelta(hours=hours)


def ends_at(starts_at, hours, leads):
    """When a late one leaves no more: at the start, or when the next one is so near that there would be two at once.

    That is as long before the next one as that is before the start, at most half the way to it. `leads` are all those
    of the season, in hours.
    """
    following = max((lead for lead in leads if lead < hours), default=0)
    gap = min(following, (hours - following) / 2)
    return due_at(starts_at, following) - timedelta(hours=gap)


def longest_together(hours) -> timedelta:
    """Sessions that start so long after another one, or longer, are never told in one mail with it."""
    return LONGEST_DAY if hours >= DAY_HOURS else HOUR


def are_told_together(first, later, *, hours, zone) -> bool:
    """Whether one mail, due so many hours before the first of these starts, tells of both.

    A day or more before: those of the same day in the person's zone. Nearer, where the mail brings the link to join:
    those that start less than an hour later.
    """
    if not first <= later < first + longest_together(hours):
        return False
    clock = ZoneInfo(zones.usable(zone))
    return hours < DAY_HOURS or first.astimezone(clock).date() == later.astimezone(clock).date()
