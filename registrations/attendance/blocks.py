"""The tables inside one file: platforms put several below each other, each with headings of its own."""

from dataclasses import dataclass, field
from enum import StrEnum

from registrations.attendance.moments import is_moment


class Column(StrEnum):
    NAME = "name"
    FIRST_NAME = "first name"
    LAST_NAME = "last name"
    EMAIL = "email"
    ROLE = "role"
    JOINED = "joined"
    LEFT = "left"
    # The first time of joining and the last of leaving: what was between is not known.
    FIRST_JOINED = "first joined"
    LAST_LEFT = "last left"
    # One row for each event, with what it was.
    MOMENT = "moment"
    ACTION = "action"
    CONNECTION = "connection"
    IN_WAITING_ROOM = "in waiting room"
    CAME = "came"
    # Of Zoom: "No" for who belongs to the account that holds the meeting.
    GUEST = "guest"


HEADINGS = {
    "name": Column.NAME,
    "user name": Column.NAME,
    "full name": Column.NAME,
    "display name": Column.NAME,
    "name (original name)": Column.NAME,
    "first name": Column.FIRST_NAME,
    "last name": Column.LAST_NAME,
    "email": Column.EMAIL,
    "e-mail": Column.EMAIL,
    "user email": Column.EMAIL,
    "attendee email": Column.EMAIL,
    "participant id": Column.EMAIL,
    "role": Column.ROLE,
    "join time": Column.JOINED,
    "leave time": Column.LEFT,
    "first join": Column.FIRST_JOINED,
    "last leave": Column.LAST_LEFT,
    "utc event timestamp": Column.MOMENT,
    "action": Column.ACTION,
    "session id": Column.CONNECTION,
    "in waiting room": Column.IN_WAITING_ROOM,
    "attended": Column.CAME,
    "guest": Column.GUEST,
}
# Teams has it beside the other one, which may be that of an account: by this one people signed up.
FIRST_CHOICE = {"registration email": Column.EMAIL}
PAIRS = ({Column.JOINED, Column.LEFT}, {Column.MOMENT, Column.ACTION}, {Column.FIRST_JOINED, Column.LAST_LEFT})
TIMES = (Column.JOINED, Column.LEFT, Column.MOMENT, Column.FIRST_JOINED, Column.LAST_LEFT)


@dataclass
class Block:
    """Rows below one heading; `title` is the line above it, `rows` have their number in the file, from 1."""

    title: str
    headings: list[str]
    columns: dict[Column, int]
    rows: list[tuple[int, list[str]]] = field(default_factory=list)

    @property
    def is_of_spans(self) -> bool:
        return Column.FIRST_JOINED in self.columns

    def cell(self, row, column) -> str:
        position = self.columns.get(column)
        return row[position] if position is not None and position < len(row) else ""


def of(rows: list[list[str]]) -> list[Block]:
    """The blocks that say when people came and went, without those that are headings of something else.

    An empty line or one of a single cell ends a block, unless a row with times follows: then it is a short row.
    """
    found, title, gap = [], "", []
    for number, row in enumerate(rows, 1):
        is_title = sum(map(bool, row)) <= 1
        if columns := _columns(row):
            found.append(Block(title, tidy(row), columns))
            gap = []
        elif is_title and row:
            title = row[0]
        if columns or not found:
            continue
        if (is_title or gap) and not _has_times(found[-1], row):
            gap.append((number, row))
        else:
            found[-1].rows += [*_filled(gap), (number, row)]
            gap = []
    if len(_filled(gap)) == 1:
        found[-1].rows += _filled(gap)
    return found


def _has_times(block, row) -> bool:
    return all(is_moment(block.cell(row, column)) for column in TIMES if column in block.columns)


def _filled(rows) -> list[tuple[int, list[str]]]:
    return [(number, row) for number, row in rows if any(row)]


def named(rows: list[list[str]], columns: dict[Column, int], *, heading: int) -> Block:
    """One block of the rows below line `heading`, with the columns that somebody named."""
    return Block("", headings(rows, heading), columns, _filled(enumerate(rows[heading:], heading + 1)))


def headings(rows, heading: int) -> list[str]:
    """Of line `heading`; none where it is 0, or where the file has fewer lines when it is read in another way."""
    return tidy(rows[heading - 1]) if 0 < heading <= len(rows) else []


def _columns(row) -> dict[Column, int] | None:
    """What the cells of a heading name; None for a row that is none."""
    words = tidy(row)
    found = {}
    for headings in (FIRST_CHOICE, HEADINGS):
        for position, word in enumerate(words):
            if word in headings:
                found.setdefault(headings[word], position)
    is_one = any(pair <= found.keys() for pair in PAIRS) and not any(map(is_moment, row))
    return found if is_one else None


def tidy(row) -> list[str]:
    return [" ".join(cell.split()).casefold() for cell in row]
