"""Why no attendance can be read from a file, in words."""

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from registrations.attendance import moments
from sessions.clocks import dates


class NotUnderstood(Exception):
    """The words say why no attendance can be read from a file.

    `report` is what was read, where it is about another time than that of the slot.
    """

    def __init__(self, words, report=None):
        super().__init__(words)
        self.report = report


def no_layout(rows) -> str:
    first = next((row for row in rows if any(row)), None)
    if first is None:
        return _("This file is empty.")
    words = _("In this file no times of joining and leaving were found. The first line that was read is: “%(line)s”")
    return words % {"line": " · ".join(first)[:200]}


def no_time(text, number, day_first) -> str:
    if moments.is_moment(text):
        words = (
            _("Line %(number)d: “%(text)s” is no date with the day before the month.")
            if day_first
            else _("Line %(number)d: “%(text)s” is no date with the month before the day.")
        )
    else:
        words = _("Line %(number)d: “%(text)s” is no date and time. The report may be cut off: save it again.")
    return words % {"number": number, "text": text[:60]}


def _other_hours(first, last, slot, zone, is_stated) -> str:
    of_file = _(
        "Nobody in this file was there at the time of this slot. By the clock of UTC, which the file has, it tells of "
        "%(hours)s, and the slot is %(slot)s. Choose another time slot."
    )
    chosen = _(
        "Nobody in this file was there at the time of this slot. In the time zone that was chosen, the file tells of "
        "%(hours)s, and the slot is %(slot)s. Choose another time zone, or another time slot."
    )
    words = of_file if is_stated else chosen
    of_slot = dates.hours(*(moment.astimezone(zone) for moment in slot))
    return words % {"hours": dates.hours(first, last), "slot": of_slot}


def first_and_last(report) -> tuple[datetime, datetime]:
    return min(join.joined_at for join in report.joins), max(join.left_at for join in report.joins)


def other_time(report, slot) -> str:
    zone = ZoneInfo(report.zone)
    first, last = first_and_last(report)
    if any(abs(moment - slot[0]) < timedelta(hours=15) for moment in (first, last)):
        return _other_hours(first.astimezone(zone), last.astimezone(zone), slot, zone, report.is_zone_stated)
    own = Counter(join.joined_at.astimezone(zone).date() for join in report.joins).most_common(1)[0][0]
    words = _(
        "Nobody in this file was there at the time of this slot. The file is about %(day)s, the slot about %(slot)s."
    )
    return words % {"day": dates.full_day(own), "slot": dates.full_day(slot[0].astimezone(zone).date())}
