"""When a season really begins and ends: its dates, and time slots that may lie beyond them.

Staff type the dates, and slots are moved, loaded and copied on ways of their own. Whatever depends on the end of a
season asks here.
"""

from datetime import date

from django.db.models import Max, Min, Q, QuerySet

from sessions.clocks import moment
from sessions.models import Occurrence, Season


def of_slots(season) -> tuple[date, date] | None:
    """The days of its first and of its last slot on the season's clock; None without slots.

    One that was called off counts, too: it may take place after all.
    """
    slots = Occurrence.objects.filter(session__season=season)
    found = slots.aggregate(begins=Min("starts_at"), ends=Max("ends_at"))
    return (_day(season, found["begins"]), _day(season, found["ends"])) if found["begins"] else None


def around_slots(season, starts_on=None, ends_on=None) -> tuple[date, date]:
    """The season's dates, or those that it is to get, or wider ones where a slot lies beyond them."""
    starts_on, ends_on = starts_on or season.starts_on, ends_on or season.ends_on
    first, last_day = of_slots(season) or (starts_on, ends_on)
    return min(starts_on, first), max(ends_on, last_day)


def for_everybody(seasons: QuerySet) -> list[Season]:
    """The seasons with `first_day` and `last_day` as `around_slots`, without the slots of hidden sessions."""
    is_public = Q(sessions__is_published=True)
    found = seasons.annotate(
        first_slot_starts_at=Min("sessions__occurrences__starts_at", filter=is_public),
        last_slot_ends_at=Max("sessions__occurrences__ends_at", filter=is_public),
    )
    for season in found:
        begins, ends = season.first_slot_starts_at, season.last_slot_ends_at
        season.first_day = min(season.starts_on, _day(season, begins)) if begins else season.starts_on
        season.last_day = max(season.ends_on, _day(season, ends)) if ends else season.ends_on
    return list(found)


def last(season) -> date:
    return around_slots(season)[1]


def ended(seasons: QuerySet, *, now, days=0) -> list[Season]:
    """Those of the seasons whose last day is more than so many days before today, each on its own clock."""
    return [season for season in _with_slots(seasons) if _days_since(season, now) > days]


def not_ended(seasons: QuerySet, *, now, days=0) -> list[Season]:
    """The others."""
    return [season for season in _with_slots(seasons) if _days_since(season, now) <= days]


def current(seasons: QuerySet, *, now) -> Season | None:
    """The season to open with: the one under way or next, a real one before a rehearsal, else the last one.

    At a true moment; a rehearsal is asked about at its own.
    """
    coming = [season for season in _with_slots(seasons) if _days_since(season, moment.of(season, now)) <= 0]
    if coming:
        return min(coming, key=lambda season: (season.is_rehearsal, season.starts_on, season.pk))
    return seasons.newest_first().first()


def _with_slots(seasons):
    return seasons.annotate(last_slot_ends_at=Max("sessions__occurrences__ends_at")).order_by("pk")


def _days_since(season, now) -> int:
    ends_at = season.last_slot_ends_at
    last_day = max(season.ends_on, _day(season, ends_at)) if ends_at else season.ends_on
    return (_day(season, now) - last_day).days


def _day(season, at) -> date:
    return at.astimezone(season.zone).date()
