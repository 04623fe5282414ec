"""One language as a table for a translator, and what becomes of each line when it comes back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions import tables, translations
from sessions.admin.translations import wording
from sessions.admin.translations.forms import field_of
from sessions.seasons import translating
from sessions.seasons.translating import New, Text
from sessions.tables.writing import unguarded
from sessions.translations import LANGUAGES

LIMITS = tables.Limits(rows=5000, columns=30, keeps_lines=True)
REFERENCE = "Reference"
HEADINGS = [REFERENCE, gettext_lazy("Text"), gettext_lazy("English")]
# The key of the text, the digest of its English, and that of the translation that was there; "-" for none.
OF_A_LINE = re.compile(r"([a-z]+-\d{1,18}-[a-z_]+) ([0-9a-f]{16}) ([0-9a-f]{16}|-)")
CODE = re.compile(rf"\(({'|'.join(LANGUAGES)})\)\s*$")
NOTHING = "-"
NO_TABLE = gettext_lazy(
    "This is no table of this page: it needs the columns “Reference” and one language, such as “Arabic (ar)”."
)


@dataclass(frozen=True)
class Change:
    """A translation that a line brings; `note` where staff should know something of it."""

    text: Text
    new: New
    note: str = ""

    @property
    def label(self) -> str:
        return wording.text(self.text)

    @property
    def before(self) -> str:
        return in_lines(self.text.typed(self.new.language))

    @property
    def after(self) -> str:
        return in_lines(self.new.text)


@dataclass(frozen=True)
class Refused:
    """`number` is that of the line in the file."""

    number: int
    label: str
    typed: str
    reason: str


@dataclass(frozen=True)
class Found:
    """What a table holds; without a language it is none of ours, for the `problem` in words."""

    language: str = ""
    problem: str = ""
    changes: list[Change] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    unchanged: int = 0


def headings(code) -> list[str]:
    return [*(str(each) for each in HEADINGS), f"{wording.language(code)} ({code})"]


def rows(owner, code) -> Iterator[list[str]]:
    """Below the headings; of a season with those of its sessions."""
    for each in translating.all_texts(owner):
        typed = in_lines(each.typed(code))
        yield [_reference(each, code), wording.text(each), in_lines(each.english), typed]


def in_lines(text) -> str:
    return "\n".join(text) if isinstance(text, list) else text


def read(octets) -> list[list[str]]:
    """The rows of a file. Raises tables.CannotRead."""
    table = tables.read(octets, LIMITS)
    if tables.is_workbook(octets):
        return table.rows
    return [[unguarded(cell) for cell in row] for row in table.rows]


def found_in(rows, owner) -> Found:
    """What becomes of each row as things are now."""
    heading, positions = _headings(rows)
    if positions is None:
        return Found(problem=NO_TABLE)
    reference, language, code = positions
    by_key = {each.key: each for each in translating.all_texts(owner)}
    found, seen = Found(code), set()
    unchanged = 0
    for number, row in enumerate(rows[heading:], heading + 1):
        line = _Line(number, _cell(row, reference), _cell(row, language), code)
        result = line.result(by_key, seen)
        if isinstance(result, Change):
            found.changes.append(result)
        elif isinstance(result, Refused):
            found.refused.append(result)
        else:
            unchanged += bool(line.reference)
    return Found(code, "", found.changes, found.refused, unchanged)


@dataclass(frozen=True)
class _Line:
    number: int
    reference: str
    typed: str
    code: str

    def result(self, by_key, seen) -> Change | Refused | None:
        """None where it changes nothing."""
        parts = OF_A_LINE.fullmatch(self.reference)
        if not self.typed:
            return None
        if not parts:
            return self._refused(_("Its reference is missing or was changed: it says which text this is."))
        key, english, before = parts.groups()
        if key not in by_key:
            return self._refused(_("This text is not here: it was deleted or emptied, or belongs elsewhere."))
        if key in seen:
            return self._refused(_("Another line has this text already."), by_key[key])
        seen.add(key)
        return self._compared(by_key[key], english, before)

    def _compared(self, each, english, before):
        try:
            text = field_of(each, self.code).clean(self.typed)
        except ValidationError as error:
            return self._refused(" ".join(error.messages), each)
        stored = each.typed(self.code)
        if text == stored or (before != NOTHING and translations.digest(text) == before):
            return None
        if before != _digest(stored):
            words = _("A colleague has written this since the table was made: “%(text)s”.")
            return self._refused(words % {"text": in_lines(stored) or _("(empty)")}, each)
        is_newer = english != each.digest
        if is_newer and isinstance(each.english, list):
            return self._refused(_("The English choices are others since the table was made."), each)
        note = _("The English was changed since the table was made.") if is_newer else ""
        return Change(each, New(each.key, self.code, text, english, each.is_hidden(self.code)), note)

    def _refused(self, reason, each=None) -> Refused:
        return Refused(self.number, wording.text(each) if each else "", self.typed, reason)


def _headings(rows):
    """How many rows end with the headings; positions of the reference and the language, and its code."""
    for number, row in enumerate(rows[:20], 1):
        languages = [(place, known[1]) for place, cell in enumerate(row) if (known := CODE.search(cell))]
        if REFERENCE in row and len(languages) == 1:
            return number, (row.index(REFERENCE), *languages[0])
    return 0, None


def _cell(row, place) -> str:
    return row[place] if place < len(row) else ""


def _reference(each, code) -> str:
    return f"{each.key} {each.digest} {_digest(each.typed(code))}"


def _digest(text) -> str:
    return translations.digest(text) if text else NOTHING
