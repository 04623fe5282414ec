"""Which column of a table of guests is what: proposed by headings and contents, and put in the order of our lists."""

import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from itertools import islice

from registrations.invitations.guest_headings import Meaning, meaning_of

NAME, GIVEN, MIDDLE, FAMILY = Meaning.NAME, Meaning.GIVEN, Meaning.MIDDLE, Meaning.FAMILY
EMAIL, LEFT_OUT = Meaning.EMAIL, Meaning.LEFT_OUT
NAME_AND_ADDRESS = re.compile(r"(?P<name>[^<>]*)<(?P<email>[^<>]*@[^<>]*)>\s*,?")
# A report of a meeting has its summary above the table.
ROWS_WITH_HEADINGS = 50
CELLS_LOOKED_AT = 200


@dataclass(frozen=True)
class Column:
    """A column that holds something below the headings; `position` counts from 0, `cells` are not empty."""

    position: int
    heading: str
    cells: list[str]

    @property
    def title(self) -> str:
        """Its heading, or its letter as in a spreadsheet."""
        return self.heading or _letters(self.position)

    @property
    def addresses(self) -> float:
        """The share of cells that hold an address."""
        return sum("@" in cell for cell in self.cells) / len(self.cells)

    @property
    def is_of_words(self) -> bool:
        """As names and organisations are: letters without digits."""
        return sum(map(_is_of_words, self.cells)) * 2 >= len(self.cells)

    @property
    def repeats(self) -> bool:
        """As titles and countries do, and names do not."""
        return len(set(self.cells)) * 2 <= len(self.cells)


def find_headings(rows) -> int:
    """The number of the row that has the headings; 0 if there is none."""
    last = 0
    for number, cells in enumerate(rows[:ROWS_WITH_HEADINGS], 1):
        if any("@" in cell for cell in cells):
            return last
        if EMAIL in map(meaning_of, cells):
            return number
        last = number if sum(map(bool, cells)) > 1 else last
    return 0


def columns(rows, headings) -> list[Column]:
    """Those with content below the row `headings`."""
    width = max(map(len, rows), default=0)
    titles = rows[headings - 1] if headings else []
    found = []
    for position in range(width):
        cells = (cells[position] for cells in rows[headings:] if position < len(cells) and cells[position])
        if looked_at := list(islice(cells, CELLS_LOOKED_AT)):
            found.append(Column(position, titles[position] if position < len(titles) else "", looked_at))
    return found


def propose(found) -> dict[int, str]:
    """The meaning of each column by its position; "" where somebody has to say what it is."""
    meanings = _by_headings(found)
    if EMAIL not in meanings.values():
        _take_addresses([column for column in found if column.position not in meanings], meanings)
    _settle_names(meanings)
    words = [column for column in found if column.position not in meanings and column.is_of_words]
    if not {NAME, GIVEN, FAMILY} & set(meanings.values()) and len(words) == 1 and not words[0].repeats:
        meanings[words[0].position] = NAME
    doubtful = [] if _is_whole(set(meanings.values())) else [column.position for column in words]
    otherwise = {column.position: "" if column.position in doubtful else LEFT_OUT for column in found}
    return otherwise | meanings


def as_list(rows, headings, meanings) -> str:
    """The text of the table as `guest_list` reads it, row by row, so that the numbers of lines stay."""
    return "\n".join([""] * headings + [_line(cells, meanings) for cells in rows[headings:]])


def _letters(position) -> str:
    """A for 0, AA for 26."""
    before, last = divmod(position, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _by_headings(found) -> dict[int, str]:
    meanings = {}
    for column in found:
        meaning = meaning_of(column.heading)
        is_wrong = meaning == EMAIL and not column.addresses
        if meaning and not is_wrong and meaning not in meanings.values():
            meanings[column.position] = meaning
    return meanings


def _take_addresses(found, meanings):
    best = max(found, key=lambda column: column.addresses, default=None)
    if best and best.addresses >= 0.5:
        meanings[best.position] = EMAIL


def _settle_names(meanings):
    """ "Nom" beside "Prénom" is the family name; beside a whole name, its parts are left out."""
    known = set(meanings.values())
    either = NAME
    if len(known & {GIVEN, FAMILY}) == 1 and NAME not in known:
        either = FAMILY if GIVEN in known else GIVEN
    for position, meaning in list(meanings.items()):
        if meaning == "either":
            meanings[position] = LEFT_OUT if NAME in known else either
    if NAME in meanings.values():
        for position, meaning in list(meanings.items()):
            meanings[position] = LEFT_OUT if meaning in (GIVEN, MIDDLE, FAMILY) else meaning


def _is_whole(known) -> bool:
    return NAME in known or {GIVEN, FAMILY} <= known


def _line(cells, meanings) -> str:
    by_meaning = {meanings[position]: cell for position, cell in enumerate(cells) if cell and position in meanings}
    left_out = by_meaning.pop(LEFT_OUT, "")
    name, email = _name_and_address(_full_name(by_meaning), by_meaning.get(EMAIL, ""))
    ordered = [name, email, by_meaning.get(Meaning.ORGANISATION, ""), by_meaning.get(Meaning.LANGUAGE, "")]
    # A row that has nothing but what is left out is said to have no address.
    return _written(ordered if any(ordered) or not left_out else ["…"])


def _name_and_address(name, email) -> tuple[str, str]:
    """Apart, where one of the two columns holds both."""
    both = NAME_AND_ADDRESS.fullmatch(email or name)
    if both is None:
        return name, email
    return (name if email and name else both["name"].strip(" \"'")), both["email"].strip()


def _full_name(by_meaning) -> str:
    if NAME in by_meaning:
        return by_meaning[NAME]
    parts = [by_meaning[part] for part in (GIVEN, MIDDLE, FAMILY) if part in by_meaning]
    if len(parts) > 1 and all(map(_is_chinese, parts)):
        return parts[-1] + "".join(parts[:-1])
    return " ".join(parts)


def _is_chinese(name) -> bool:
    return all(unicodedata.name(letter, "").startswith("CJK UNIFIED") for letter in name)


def _is_of_words(cell) -> bool:
    return any(map(str.isalpha, cell)) and not any(each.isdigit() or each == "@" for each in cell)


def _written(cells) -> str:
    while cells and not cells[-1]:
        cells.pop()
    if not cells:
        return ""
    line = io.StringIO()
    csv.writer(line, delimiter=";", lineterminator="").writerow(cells)
    return line.getvalue().replace("\t", " ")
