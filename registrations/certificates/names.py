"""When the name that somebody types is the one on a certificate, without the name being stored."""

import hashlib
import hmac
import unicodedata

from registrations.people import search

LONGEST_TYPED = 800


def fold(name: str) -> str:
    """For comparison: no letter cases, accents, vowel signs of Arabic, blanks or punctuation, full width as usual.

    The order of its words stays: it is read from the paper.
    """
    folded = search.fold(name[:LONGEST_TYPED])
    return "".join(each for each in folded if unicodedata.category(each)[0] in "LNM") or folded


def digest(name: str, number: str) -> str:
    """The folded name under the number as key: who has the one without the other cannot try names out."""
    return hmac.new(number.encode(), fold(name).encode(), hashlib.sha256).hexdigest()
