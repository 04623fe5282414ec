"""A list of guests, one person a line: who can be invited, and what is wrong with the other lines."""

import csv
import re
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.invitations.guest_languages import code_of
from registrations.models import Invitation
from registrations.people import validators
from registrations.people.identity import fold_address, fold_name
from sessions import addresses
from sessions.plain_text import about
from sessions.tables.table import FORMULA

SEVERAL = gettext_lazy("There are several addresses in this line. Write each person on a line of their own.")
NOT_OF_A_NAME = re.compile(r"[\W\d_]+")


@dataclass(frozen=True)
class Guest:
    """Somebody to invite; `language` is that of the mail."""

    name: str
    email: str
    organisation: str = ""
    language: str = "en"

    @cached_property
    def identity(self) -> tuple[str, str]:
        """The mailbox and the name, folded: what makes two lines one person."""
        return fold_address(self.email), fold_name(self.name)


@dataclass(frozen=True)
class Line:
    """One line that is not empty: a guest, with a note where something was assumed, or a problem."""

    number: int
    text: str
    guest: Guest | None = None
    problem: str = ""
    note: str = ""


class _Unfit(Exception):
    """The words say what is wrong with a line."""


def read(text: str, *, invited=frozenset()) -> list[Line]:
    """`invited` has the identities of people who need no further invitation."""
    known = {}
    return [_line(number, line, known, invited) for number, line in enumerate(_lines(text), 1) if line.strip()]


def is_table(text: str) -> bool:
    """Whether lines have more cells than `read` knows the order of, or headings: somebody has to name the columns."""
    lines = [line for line in _lines(text) if line.strip()]
    has_headings = bool(lines) and "@" not in lines[0] and len(_cells_of(lines[0])) > 1
    return (len(lines) > 1 and has_headings) or any(map(_has_other_order, lines))


def _has_other_order(line) -> bool:
    """Not "name; address; organisation", nor "address; name", where the address may follow the name."""
    cells = _cells_of(line)
    with_address = [position for position, cell in enumerate(cells) if "@" in cell]
    if len(with_address) != 1:
        return False
    return with_address[0] > 1 or len(cells) > with_address[0] + 2


def _cells_of(line) -> list[str]:
    try:
        cells = _cells(line)
    except _Unfit:
        return []
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _lines(text):
    # Only these end a line: str.splitlines also splits at characters that may hide in a name.
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _line(number, text, known, invited) -> Line:
    try:
        guest, note = _guest(text)
        _refuse_repetition(guest, known, invited)
    except _Unfit as reason:
        return Line(number, text, problem=str(reason))
    mailbox = guest.identity[0]
    others = [line for (other, _name), line in known.items() if other == mailbox]
    known[guest.identity] = number
    if others and not note:
        note = _("The same mailbox as in line %(number)d: two people.") % {"number": others[0]}
    return Line(number, text, guest, note=note)


def _refuse_repetition(guest, known, invited):
    if guest.identity in known:
        raise _Unfit(_("The same person as in line %(number)d.") % {"number": known[guest.identity]})
    if guest.identity in invited:
        raise _Unfit(_("Invited already."))


def _guest(text) -> tuple[Guest, str]:
    cells = _cells(text)
    if any(cell.startswith(FORMULA) for cell in cells):
        raise _Unfit(_("There is a formula in this line. Write its result instead."))
    email, rest = _address_and_rest(cells)
    name, organisation, language = (*rest, "", "", "")[:3]
    notes = [] if name else [_("The name is taken from the address.")]
    code = code_of(language)
    if language and code not in dict(settings.LANGUAGES):
        notes.append(_("We have no mails in this person's language: theirs is in English."))
    name = validators.tidy_name(name) or _name_in(email)
    _check(_("Name"), name, validators.validate_name, "name")
    if organisation:
        _check(_("Organisation"), organisation, validators.validate_organisation, "organisation")
    return Guest(name, email, organisation, code or settings.LANGUAGE_CODE), " ".join(notes)


def _cells(text) -> list[str]:
    delimiter = next((sign for sign in "\t;" if sign in text), "," if "<" not in text else ";")
    try:
        cells = next(csv.reader([text], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:
        raise _Unfit(_("This line is too long.")) from None
    return [validators.tidy(cell) for cell in cells]


def _address_and_rest(cells) -> tuple[str, list[str]]:
    """The address, and the other cells, the name first; some tables have the address in the place of the name, too."""
    with_address = [cell for cell in cells if "@" in cell]
    if not with_address:
        raise _Unfit(_("There is no e-mail address in this line."))
    found = [_named_address(cell) for cell in with_address]
    if len({each.address.casefold() for each in found}) > 1:
        raise _Unfit(SEVERAL)
    rest = [cell for cell in cells if "@" not in cell]
    name = next(filter(None, (each.name for each in found)), "")
    is_in_place_of_name = len(found) > 1 or with_address[0].find("<") > 0
    return found[0].address, [name, *rest] if is_in_place_of_name else rest


def _named_address(cell) -> addresses.NamedAddress:
    try:
        return addresses.read_with_name(cell)
    except ValidationError as error:
        raise _Unfit(SEVERAL if cell.count("@") > 1 else about(_("Address"), error.messages[0])) from None


def _name_in(email) -> str:
    local = email.partition("@")[0].partition("+")[0]
    return NOT_OF_A_NAME.sub(" ", local).strip().title()


def _check(what, words, validate, field):
    try:
        validate(words)
    except ValidationError as error:
        raise _Unfit(about(what, error.messages[0])) from None
    most = Invitation._meta.get_field(field).max_length
    if len(words) > most:
        raise _Unfit(_("%(what)s: at most %(number)d characters are possible.") % {"what": what, "number": most})
