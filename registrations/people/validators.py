"""What people may write about themselves: any real name passes; a link, markup or an invisible trick does not.

Their words are in our mails, subjects and calendar entries, so a stranger must not be able to send a link to somebody
else's mailbox through the form.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registrations.models import Participant
from registrations.people.identity import fold_name
from sessions.addresses import DOTS, INVISIBLE_CHARACTER, TOO_LONG, UNFIT
from sessions.tables.table import UNREADABLE

# Persian, Urdu and the scripts of India need the joiners; right-to-left text carries the harmless direction marks.
USEFUL_FORMAT_CHARACTERS = frozenset("\u200c\u200d\u200e\u200f\u061c")
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
# Letters by their category, and empty on the screen.
FILLERS_OF_HANGUL = frozenset("\u115f\u1160\u3164\uffa0")
NOT_IN_NAMES = frozenset("$€/%§{}<>~\\|@=?")
NOT_IN_LINES = NOT_IN_NAMES - {"/"}
# Markup of any kind, and addresses of mail.
NOT_IN_QUESTIONS = frozenset("<>{}[]`*~\\|@")
# Mail programs make a link of each of these, also without "http".
LINK = re.compile(r"://|\bwww\.|[^\s.]\.[^\W\d_][^\s!-/:-@\[-`{-~]", re.IGNORECASE)
# Four digits in a row, also where spaces, dashes or brackets are between them: nobody's name, but a telephone number.
NUMBER = re.compile(r"\d(?:[\s().\-\u2010-\u2015/]*\d){3}")
# An organisation is in no mail, and some are called after their domain.
LINK_BEYOND_DOMAIN = re.compile(r"://|\bwww\.|[^\s.]\.[^\W\d_][^\s/]{1,255}/", re.IGNORECASE)
# Forms say how much each field takes, but they ask all validators, and folding makes eighteen characters of some.
LONGEST_LINE = 1000


def tidy(text: str) -> str:
    """In normal form C, with single spaces, also for the tabs of a table; what else cannot be seen is to be refused."""
    return re.sub(r"[ \t\u00a0\u3000]+", " ", unicodedata.normalize("NFC", text)).strip(" ")


def tidy_name(name: str) -> str:
    """As `tidy`, and "Md.Rahman" becomes "Md. Rahman", so that no mail program takes it for a domain."""
    return re.sub(r"\.(?=(\w)(\w))", _full_stop, tidy(name))


def _full_stop(found) -> str:
    begins_a_name = found[1].isupper() and found[2].islower()
    return ". " if begins_a_name else "."


def validate_name(name):
    _refuse_huge(name)
    _refuse_invisible(name)
    _refuse_characters(name, NOT_IN_NAMES)
    _refuse_links(name, LINK)
    _refuse_numbers(name)
    _require_letter(name)
    if len(fold_name(name)) > _room_for("name_key"):
        raise ValidationError(_("This name is too long for us. Please write a shorter form of it."), code=UNFIT)


def validate_line(line, link=LINK):
    """For any line in a person's own words; a name may have less, and an organisation may be a domain."""
    _refuse_huge(line)
    _refuse_invisible(line)
    _refuse_characters(line, NOT_IN_LINES)
    _refuse_links(line, link)
    _require_letter(line)


def validate_organisation(organisation):
    validate_line(organisation, LINK_BEYOND_DOMAIN)


def validate_answer(line):
    """A line that no mail repeats: whatever it is made of, but no link."""
    _refuse_huge(line)
    _refuse_invisible(line)
    _refuse_links(line, LINK)


def validate_question(text):
    """For a question to the speakers: whatever somebody wants to know, without links, addresses and markup."""
    _refuse_huge(text)
    _refuse_invisible(text)
    _refuse_links(text, LINK)
    _refuse_characters(text, NOT_IN_QUESTIONS)
    _require_letter(text)


def validate_wording(text):
    """For a question as staff word it, who may write what they like that can be read."""
    _refuse_invisible(text)
    _require_letter(text)


def validate_paragraphs(text):
    _refuse_invisible(text.replace("\r", "").replace("\n", ""))


def validate_words(text):
    """For a few lines that others may read: no link and no address."""
    validate_paragraphs(text)
    _refuse_links(text, LINK)


def _refuse_huge(line):
    if len(line) > LONGEST_LINE:
        raise ValidationError(TOO_LONG, code=UNFIT)


def _refuse_invisible(text):
    if UNREADABLE in text or any(map(_is_invisible, text)):
        raise ValidationError(INVISIBLE_CHARACTER, code=UNFIT)


def _is_invisible(character) -> bool:
    if character in FILLERS_OF_HANGUL:
        return True
    return unicodedata.category(character) in INVISIBLE and character not in USEFUL_FORMAT_CHARACTERS


def _refuse_characters(text, unwanted):
    found = sorted(unwanted.intersection(unicodedata.normalize("NFKC", text)))
    if found:
        raise ValidationError(_("Please leave out: %(characters)s"), code=UNFIT, params={"characters": " ".join(found)})


def _refuse_links(text, link):
    if link.search(unicodedata.normalize("NFKC", text).translate(DOTS)):
        raise ValidationError(
            _("This looks like a web address. Leave the address out; after a full stop, leave a space."), code=UNFIT
        )


def _refuse_numbers(text):
    if NUMBER.search(unicodedata.normalize("NFKC", text)):
        raise ValidationError(_("Please write the name without a number of four or more digits."), code=UNFIT)


def _require_letter(text):
    if not any(unicodedata.category(sign).startswith("L") for sign in text):
        raise ValidationError(_("Please use letters, of any alphabet."), code=UNFIT)


def _room_for(field_name) -> int:
    return Participant._meta.get_field(field_name).max_length
