"""Whether a report is read in the wrong time zone: people came and left earlier or later by the same half hours."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median_low
from zoneinfo import ZoneInfo

from registrations.attendance.reading import Report
from sessions.clocks import zones

STEP, FARTHEST = timedelta(minutes=30), timedelta(hours=14)
# People come near the beginning, and a meeting may end early or late.
CAME_WITHIN, LEFT_WITHIN = timedelta(minutes=15), timedelta(minutes=30)
# Of all clocks that agree, these are named first: where the United Nations meet, and then one that many people have.
USUAL = (
    *("UTC", "Europe/Zurich", "Africa/Nairobi", "America/New_York", "Asia/Bangkok", "Europe/London"),
    *("America/Los_Angeles", "America/Denver", "America/Mexico_City", "America/Bogota", "America/Santiago"),
    *("America/Sao_Paulo", "Africa/Lagos", "Africa/Cairo", "Asia/Dubai", "Asia/Karachi", "Asia/Kolkata"),
    *("Asia/Dhaka", "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland"),
)


@dataclass(frozen=True)
class Fit:
    """In `zone` the report fits; as it is read, people came `late` after the beginning of the slot, or before it."""

    zone: str
    late: timedelta


def find(report: Report, slot: tuple[datetime, datetime], *, likely=()) -> Fit | None:
    """None where the report fits as it is read, says its zone itself, or fits nowhere; `likely` zones come first."""
    late = None if report.is_zone_stated else _late(report.joins, slot)
    if not late:
        return None
    wanted = _offset(report.zone, slot) + late
    zone = next((name for name in (*likely, *USUAL, *zones.city_zones()) if _offset(name, slot) == wanted), None)
    return zone and Fit(zone, late)


def _late(joins, slot) -> timedelta | None:
    """By the one in the middle of all who came, and of all who left."""
    first, last = {}, {}
    for join in joins:
        who = join.email or join.name
        first[who] = min(first.get(who, join.joined_at), join.joined_at)
        last[who] = max(last.get(who, join.left_at), join.left_at)
    if not first:
        return None
    came, left = median_low(first.values()) - slot[0], median_low(last.values()) - slot[1]
    late = round(came / STEP) * STEP
    is_steady = abs(came - late) <= CAME_WITHIN and abs(left - late) <= LEFT_WITHIN
    return late if is_steady and abs(late) <= FARTHEST else None


def _offset(zone, slot) -> timedelta:
    return slot[0].astimezone(ZoneInfo(zone)).utcoffset()
