"""What an e-mail address is: what people type or paste becomes the one ASCII form that is checked, stored and sent."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import idna
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# RFC 5321 4.5.3.1: with the brackets around it in SMTP an address has 256 octets.
LONGEST, LONGEST_LOCAL_PART = 254, 64
LONGEST_TYPED = 1000
UNFIT = "unfit"
TOO_LONG = gettext_lazy("This is too long. Please write a shorter form of it.")
INVISIBLE_CHARACTER = gettext_lazy("There is an invisible or unreadable character in this field. Please type it again.")
# Spaces and marks that come along when an address is copied from a page, a document or a table.
SPACES = " \t\r\n\u00a0\u2002\u2003\u2009\u202f\u3000\u200b\ufeff"
DIRECTION_MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
AROUND = SPACES + DIRECTION_MARKS
ENDS_OF_SENTENCES = ".,;"
SCHEME = re.compile(r"mailto:(?P<address>[^?]*)(\?.*)?", re.IGNORECASE | re.DOTALL)
QUOTED = re.compile(r"(?P<quote>[\"'])(?P<text>.*)(?P=quote)", re.DOTALL)
WITH_NAME = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")
# The dot-atom of RFC 5322 3.2.3. Old servers do not pass on local parts beyond ASCII, and nobody uses quoted ones.
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
LOCAL_PART = re.compile(rf"{ATOM}(\.{ATOM})*")
SEVERAL = re.compile(r"[\s,;]")
# Letters, digits and hyphens (RFC 5890 2.3.1), at least two labels, and letters at the top.
LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
DOMAIN = re.compile(rf"({LABEL}\.)+([a-z]{{2,63}}|xn--[a-z0-9-]{{1,58}}[a-z0-9])")
# Domains in Persian and in scripts of India need them; IDNA says where.
WITHOUT_JOINERS = dict.fromkeys(map(ord, "\u200c\u200d"))
# IDNA (RFC 3490 3.1) takes these for full stops between labels.
DOTS = str.maketrans("。｡", "..")


@dataclass(frozen=True)
class NamedAddress:
    """An address, and the name that was written in front of it, if any."""

    name: str
    address: str


def read(typed: str) -> str:
    """The address in the form that is stored and sent: ASCII, its domain by IDNA 2008 (RFC 5891) in small letters.

    Raises ValidationError with words for who typed it.
    """
    return read_with_name(typed).address


def read_with_name(typed: str) -> NamedAddress:
    """As `read`, for "Name <address>"; an address that is written there as its own name is none."""
    if len(typed) > LONGEST_TYPED:
        raise _unfit(TOO_LONG)
    text = _bare(typed)
    found = WITH_NAME.fullmatch(text)
    if not found:
        return NamedAddress("", _in_ascii(text))
    name, address = _unquoted(found["name"].strip(AROUND)), _in_ascii(_bare(found["address"]))
    return NamedAddress("" if _is_same(name, address) else name, address)


def as_stored(words: str) -> str:
    """Words to search for, with the addresses among them in the form in which they are stored."""
    return " ".join(_as_stored(word) for word in words.split(" "))


def _as_stored(word) -> str:
    try:
        return word if word.isascii() or "@" not in word else read(word)
    except ValidationError:
        return word


def _bare(typed) -> str:
    """Without spaces around it, quotes, "mailto:", and the full stop of a sentence."""
    text = _unquoted(_without_edges(typed))
    scheme = SCHEME.fullmatch(text)
    return _without_edges(scheme["address"]) if scheme else text


def _without_edges(typed) -> str:
    return typed.lstrip(AROUND).rstrip(AROUND + ENDS_OF_SENTENCES)


def _unquoted(text) -> str:
    quoted = QUOTED.fullmatch(text)
    return quoted["text"].strip(AROUND) if quoted else text


def _is_same(name, address) -> bool:
    """Raises ValidationError for a name that is another address."""
    if "@" not in name:
        return False
    if _in_ascii(_bare(name)).lower() != address.lower():
        raise _unfit(_("There are two addresses in this field. Please write one."))
    return True


def _in_ascii(address) -> str:
    _require_shape(address)
    local, _at, domain = address.rpartition("@")
    domain = _ascii_domain(domain)
    result = f"{local}@{domain}"
    usual = LOCAL_PART.fullmatch(local) and DOMAIN.fullmatch(domain)
    if not usual or len(local) > LONGEST_LOCAL_PART or len(result) > LONGEST:
        raise _cannot_be_used()
    return result


def _require_shape(address):
    """Before anything is mapped: what looks like part of one address must not become the end of another one."""
    if not address.translate(WITHOUT_JOINERS).isprintable():
        raise _unfit(INVISIBLE_CHARACTER)
    if address.count("@") > 1 and SEVERAL.search(address):
        raise _unfit(_("There are two addresses in this field. Please write one."))
    local, _at, domain = address.rpartition("@")
    if not local or not domain or ".." in domain or "@" in local or " " in address or "." not in domain.translate(DOTS):
        raise _unfit(_("This is not a whole e-mail address. One looks like name@example.org."))
    if not address.isascii() and any(map(_stands_for_punctuation, address)):
        raise _cannot_be_used()


def _stands_for_punctuation(character) -> bool:
    """Whether a character beyond ASCII becomes one in ASCII that is neither letter nor digit, such as U+FF1B ";"."""
    if character.isascii():
        return False
    return any(each.isascii() and not each.isalnum() for each in unicodedata.normalize("NFKC", character))


@lru_cache(maxsize=1000)
def _ascii_domain(domain) -> str:
    """Raises ValidationError where IDNA 2008 refuses the domain. A form reads its address three times."""
    try:
        return idna.encode(domain, uts46=True, std3_rules=True).decode("ascii")
    except UnicodeError:
        raise _cannot_be_used() from None


def _cannot_be_used() -> ValidationError:
    return _unfit(_("We cannot send mail to this form of address. Please use another address."))


def _unfit(words) -> ValidationError:
    return ValidationError(words, code=UNFIT)
