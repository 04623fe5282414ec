"""Numbers of certificates: random, easy to type from paper, and with a mark that shows a slip of the finger."""

import hashlib
import secrets
import unicodedata

from registrations.models.certificates import NUMBER_OF_CERTIFICATE

# Without 0 and O, 1, I and L. They are a prime number: so the mark finds each wrong letter, and each two that changed
# places.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
# 31 to the power of 17 is more than 2 to the power of 84.
RANDOM_LETTERS = NUMBER_OF_CERTIFICATE - 1
GROUP = 3
LONGEST_TYPED = 100


class Mistyped(Exception):
    """Not a number that a certificate can have; whether one has it was not asked."""


def new() -> str:
    """84 random bits and the mark, without blanks."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(RANDOM_LETTERS))
    return drawn + _mark(drawn)


def shown(number: str) -> str:
    """In groups of three, as it is printed: K7P-2MX-9QD-HRT-4WB-XYZ."""
    return "-".join(number[start : start + GROUP] for start in range(0, len(number), GROUP))


def read(typed: str) -> str:
    """The number in what somebody typed: letter case, blanks, dashes and the digits of any script are forgiven.

    Raises Mistyped.
    """
    plain = unicodedata.normalize("NFKC", typed[:LONGEST_TYPED]).upper()
    number = "".join(_in_ascii(letter) for letter in plain if unicodedata.category(letter)[0] in "LN")
    if len(number) != NUMBER_OF_CERTIFICATE or not set(number) <= set(LETTERS) or number[-1] != _mark(number[:-1]):
        raise Mistyped
    return number


def digest(number: str) -> str:
    """Under which it is found. Nobody turns it back: the number is random."""
    return hashlib.sha256(number.encode()).hexdigest()


def _mark(drawn) -> str:
    total = sum(place * LETTERS.index(letter) for place, letter in enumerate(drawn, start=1))
    return LETTERS[total % len(LETTERS)]


def _in_ascii(letter) -> str:
    return str(unicodedata.digit(letter, "")) or letter
