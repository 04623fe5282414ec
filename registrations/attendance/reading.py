"""A report of a meeting platform: which layout it has, and who came when."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from registrations.attendance import blocks, moments, refusals
from registrations.attendance.blocks import Column
from registrations.attendance.refusals import NotUnderstood
from sessions.tables.table import UNREADABLE

# People come early and stay to talk.
AROUND = timedelta(minutes=15)
# By headings that no other layout has; the first one whose headings are all there.
LAYOUTS = {
    "teams-live-event": {"utc event timestamp", "action"},
    "zoom-webinar": {"attended", "join time"},
    "zoom-meeting": {"name (original name)", "join time"},
    "webex": {"attendee email", "connection type"},
    "teams": {"first join", "last leave"},
}
TEAMS_MEETING = {"name", "join time", "leave time", "role"}
PARTS_BY_TITLE = {"host details": "host", "panelist details": "panel", "other attended": "telephone"}
PARTS_BY_ROLE = {"organizer": "host", "co-organizer": "host", "presenter": "panel", "panelist": "panel"}
TELEPHONE = re.compile(r"[+(]?[\d*][\d*() .-]{4,}")
# What stands where there is no time.
NO_TIME = {"", "-", "--", "na", "n/a", "none"}
# What Teams adds to a name.
ADDED = re.compile(r"\s*\((?:unverified|external|guest)\)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Said:
    """What somebody says of a file. `columns` by position, below line `heading`; what is None is found out."""

    zone: str
    day_first: bool | None = None
    columns: dict[Column, int] | None = None
    heading: int = 0


@dataclass(frozen=True, slots=True)
class Join:
    """Somebody came and went once, in UTC. `name` is as the platform had it, `file` the position among several."""

    number: int
    name: str
    email: str
    part: str
    joined_at: datetime
    left_at: datetime
    file: int = 0


@dataclass(frozen=True)
class Other:
    """A row that is nobody's time in the meeting, and why."""

    number: int
    name: str
    email: str
    reason: str


@dataclass(frozen=True)
class Report:
    """`zone` is in force for all its times; `day_first` is proven where some day is later than the twelfth.

    `order_matters` where a date could be another one; not where each begins with its year.
    """

    layout: str
    zone: str
    is_zone_stated: bool
    day_first: bool
    is_order_proven: bool
    joins: list[Join]
    others: list[Other]
    order_matters: bool = False


def read(rows: list[list[str]], said: Said, *, slot: tuple[datetime, datetime]) -> Report:
    """Raises NotUnderstood, also where nobody was there on the day of the slot."""
    found = [blocks.named(rows, said.columns, heading=said.heading)] if said.columns else blocks.of(rows)
    if not found:
        raise NotUnderstood(refusals.no_layout(rows))
    layout = "named" if said.columns else _layout(found)
    is_stated = any(Column.MOMENT in block.columns for block in found)
    zone = "UTC" if is_stated else said.zone
    unclear = [text for text in set(_times(found)) if moments.is_ambiguous(text)]
    proven = moments.day_order(unclear)
    possible = [True, False] if unclear else [True]
    orders = [order for order in (said.day_first, proven) if order is not None][:1] or possible
    reports = [_report(found, layout, zone, order, slot) for order in orders]
    report = max(reports, key=lambda one: len(_inside(one.joins, slot)))
    known = {"is_zone_stated": is_stated, "is_order_proven": proven is not None, "order_matters": bool(unclear)}
    report = replace(report, **known)
    if report.joins and not _inside(report.joins, slot):
        raise NotUnderstood(refusals.other_time(report, slot), report)
    return report


def _layout(found) -> str:
    headings = {heading for block in found for heading in block.headings}
    is_teams = any(set(block.headings) >= TEAMS_MEETING for block in found)
    named = next((name for name, words in LAYOUTS.items() if words <= headings), "")
    return named or ("teams" if is_teams else "other")


def _times(found) -> list[str]:
    return [block.cell(row, column) for block in found for _number, row in block.rows for column in blocks.TIMES]


def _report(found, layout, zone, day_first, slot) -> Report:
    reader = _Reader(ZoneInfo(zone), day_first, slot)
    exact = [block for block in found if not block.is_of_spans]
    for block in exact or found:
        reader.take(block)
    for block in found if exact else []:
        if block.is_of_spans:
            reader.take_without_times(block)
    if reader.is_cut_off:
        raise NotUnderstood(_("Line %(number)d, the last one, is cut off: save the report again.") % reader.last_line)
    return Report(layout, zone, False, day_first, False, reader.joins, reader.others)


class _Reader:
    """Collects the rows of one file."""

    def __init__(self, zone, day_first, slot):
        self.joins, self.others = [], []
        self._zone, self._day_first = zone, day_first
        self._window = slot[0] - AROUND, slot[1] + AROUND
        self._last, self._without_end = 0, []

    @property
    def is_cut_off(self) -> bool:
        """Whether everybody has left but the one in the last line of the file."""
        return bool(self.joins[1:]) and self._without_end == [self._last]

    @property
    def last_line(self) -> dict:
        return {"number": self._last}

    def take(self, block):
        if Column.ACTION in block.columns:
            self._take_events(block)
            return
        columns = (Column.FIRST_JOINED, Column.LAST_LEFT) if block.is_of_spans else (Column.JOINED, Column.LEFT)
        for number, row in block.rows:
            self._last = max(self._last, number)
            joined, left = (self._moment(block.cell(row, column), number) for column in columns)
            if joined and not left:
                self._without_end.append(number)
            self._take_row(block, number, row, joined, left)

    def take_without_times(self, block):
        """People whom another block of the file does not know, as those who were in the lobby alone."""
        for number, row in block.rows:
            if not self._moment(block.cell(row, Column.FIRST_JOINED), number):
                self._leave_out(block, number, row, _("This row has no times."))

    def _take_row(self, block, number, row, joined, left):
        if block.cell(row, Column.IN_WAITING_ROOM).casefold() == "yes":
            self._leave_out(block, number, row, _("In the waiting room."))
        elif block.cell(row, Column.CAME).casefold() == "no":
            self._leave_out(block, number, row, _("Did not come, says the file."))
        elif not joined:
            self._leave_out(block, number, row, _("This row has no times."))
        elif left and left < joined:
            self._leave_out(block, number, row, _("Left before joining, says the file."))
        else:
            self._add(block, number, row, joined, left)

    def _take_events(self, block):
        """Each connection has a row for joining and one for leaving; one of them may be missing."""
        connections = {}
        for number, row in block.rows:
            key = block.cell(row, Column.CONNECTION), block.cell(row, Column.EMAIL), block.cell(row, Column.NAME)
            connections.setdefault(key, []).append((number, row))
        for events in connections.values():
            self._take_connection(block, events)

    def _take_connection(self, block, events):
        number, row = events[0]
        if not _name_of(block, row) and not block.cell(row, Column.EMAIL):
            self._leave_out(block, number, row, _("Nobody is named in this row."))
            return
        by_action = {block.cell(event, Column.ACTION).casefold(): event for _number, event in events}
        joined, left = (
            self._moment(block.cell(by_action[action], Column.MOMENT), number) if action in by_action else None
            for action in ("joined", "left")
        )
        self._add(block, number, row, joined or self._window[0], left)

    def _add(self, block, number, row, joined, left):
        # Where the end is missing, people may have stayed until everybody left.
        left = left or max(joined, self._window[1])
        name, email = _name_of(block, row), _address_of(block, row)
        if UNREADABLE in name + email:
            words = _("In line %(number)d there are characters that cannot be read. Choose another text encoding.")
            raise NotUnderstood(words % {"number": number})
        self.joins.append(Join(number, name, email, _part(block, row, name, email), joined, left))

    def _leave_out(self, block, number, row, reason):
        self.others.append(Other(number, _name_of(block, row), _address_of(block, row), reason))

    def _moment(self, text, number) -> datetime | None:
        found = moments.read(text, day_first=self._day_first)
        if not found and text.casefold() not in NO_TIME:
            raise NotUnderstood(refusals.no_time(text, number, self._day_first))
        return found and found.replace(tzinfo=self._zone).astimezone(UTC)


def _name_of(block, row) -> str:
    parts = [block.cell(row, column) for column in (Column.NAME, Column.FIRST_NAME, Column.LAST_NAME)]
    # One space between words: a pattern would try a thousand of them again and again.
    return " ".join(" ".join(parts).split())


def _address_of(block, row) -> str:
    address = block.cell(row, Column.EMAIL)
    return address if "@" in address else ""


def _part(block, row, name, email) -> str:
    by_title = PARTS_BY_TITLE.get(block.title.casefold(), "")
    if by_title or not email:
        return by_title or ("telephone" if TELEPHONE.fullmatch(ADDED.sub("", name)) else "attendee")
    if block.cell(row, Column.GUEST).casefold() == "no":
        return "host"
    return PARTS_BY_ROLE.get(block.cell(row, Column.ROLE).casefold(), "attendee")


def _inside(joins, slot) -> list[Join]:
    begin, end = slot[0] - AROUND, slot[1] + AROUND
    return [join for join in joins if join.joined_at < end and join.left_at > begin]
