"""Text without tricks: on one line and in its own direction of writing for headers, tidied where people paste it."""

import unicodedata

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

# Control characters, lone surrogates, line and paragraph separators.
BREAKING = frozenset({"Cc", "Cs", "Zl", "Zp"})
# What turns the direction of the text that follows; the harmless marks LRM, RLM and ALM stay.
TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})

# What a text from Word or a web page brings along: spaces of its layout, ends of lines, and what nobody sees.
PASTED = str.maketrans(
    dict.fromkeys("\t\u00a0\u2002\u2003\u2009\u202f\u3000", " ")
    | dict.fromkeys("\v\f\x85\u2028\u2029", "\n")
    | dict.fromkeys("\u00ad\u200b\u2060\ufeff\u202a\u202b\u202c\u2066\u2067\u2068\u2069", "")
)
BULLET = "•"
# A text between these turns nothing around it, and nothing around it turns its own order: UAX #9.
ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"
RIGHT_TO_LEFT_MARK = "\u200f"
FROM_THE_RIGHT = frozenset({"R", "AL"})
OF_LETTERS = FROM_THE_RIGHT | {"L"}
OF_DIGITS = frozenset({"EN", "AN"})


def one_line(text: str) -> str:
    """The text with single spaces and without characters that break a line or turn the direction of writing."""
    if text.isprintable():
        return " ".join(text.split())
    return " ".join("".join(map(_safe, text)).split())


def sentence(text: str) -> str:
    """`one_line` for a text of ours with isolated values: they stay isolated unless somebody typed such characters."""
    if ISOLATE not in text:
        return one_line(text)
    kept = "".join(each if each in (ISOLATE, END_OF_ISOLATE) else _safe(each) for each in text)
    return " ".join(kept.split()) if _closes_what_it_opens(kept) else one_line(text)


def isolated(value: str) -> str:
    """A name, title or address for plain text that is written from the right; as it is in other languages."""
    return f"{ISOLATE}{value}{END_OF_ISOLATE}" if value and get_language_bidi() else value


def isolated_each(values) -> list[str]:
    """As `isolated`, for a list inside a sentence: the first one says that the list, too, runs from the right."""
    first, *others = [isolated(value) for value in values] or [""]
    mark = RIGHT_TO_LEFT_MARK if first.startswith(ISOLATE) else ""
    return [f"{mark}{first}", *others]


def from_the_right(text: str) -> str:
    """The text with a mark before each line that has Arabic in it and begins with Latin letters or digits.

    Mail programs take the direction of a line from its first letter.
    """
    return "\n".join(RIGHT_TO_LEFT_MARK + line if _begins_otherwise(line) else line for line in text.split("\n"))


def _begins_otherwise(line) -> bool:
    directions = [kind for kind in map(unicodedata.bidirectional, line) if kind in OF_LETTERS | OF_DIGITS]
    return bool(FROM_THE_RIGHT.intersection(directions)) and directions[0] not in FROM_THE_RIGHT


def _closes_what_it_opens(text) -> bool:
    depth = 0
    for character in text:
        depth += (character == ISOLATE) - (character == END_OF_ISOLATE)
        if depth < 0:
            return False
    return depth == 0


def about(what, words) -> str:
    """Words that do not say themselves what they are about, behind it, such as behind the title of a session."""
    return _("%(what)s: %(words)s") % {"what": what, "words": words}


def _safe(character: str) -> str:
    if unicodedata.category(character) in BREAKING:
        return " "
    return "" if unicodedata.bidirectional(character) in TURNING else character


def paragraphs(pasted: str) -> str:
    """The text with ordinary spaces and ends of lines, and with bullets that every font has.

    Word writes its bullets as characters of the Private Use Area, which mean something in its own fonts alone.
    """
    return "".join(map(_with_plain_bullet, unicodedata.normalize("NFC", pasted).translate(PASTED)))


def _with_plain_bullet(character: str) -> str:
    return BULLET if unicodedata.category(character) == "Co" else character


def code(typed: str) -> str:
    """A code in letters and digits from 0 to 9, from digits of any script, with any dashes and spaces between them."""
    return digits("".join(filter(str.isalnum, typed)))


def digits(typed: str) -> str:
    """The text with 0 to 9 for the digits of any script, such as those that Arabic or Chinese keyboards write."""
    return "".join(str(unicodedata.decimal(each, each)) for each in typed)
