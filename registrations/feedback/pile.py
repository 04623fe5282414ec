"""The pile on which answers wait while a form is open: only numbers and texts, sealed, and always as long as others.

Nobody's answers are stored together. A copy of the database shows one row a session, of octets that tell nothing:
neither the order of rows nor a comparison of two copies says what somebody answered. The key is made of SECRET_KEY.
"""

import json
import secrets
from dataclasses import dataclass, field
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.crypto import salted_hmac

from registrations.feedback.questions import QUESTIONS, WORDS

# The number used once of AES-GCM.
NONCE = 12
SMALLEST = 16 * 1024
FILLING = b" "


class CannotOpen(Exception):
    """The pile was sealed with another SECRET_KEY, which SECRET_KEY_FALLBACKS does not have."""


def _nothing():
    return {asked.name: [0] * len(asked.choices) for asked in QUESTIONS}


@dataclass
class Pile:
    """`counts` by question, in the order of its choices; `words` in no order."""

    answers: int = 0
    counts: dict[str, list[int]] = field(default_factory=_nothing)
    words: list[str] = field(default_factory=list)

    def add(self, given: dict[str, str]):
        """One person's answers, by the name of the question."""
        self.answers += 1
        for asked in QUESTIONS:
            if choice := given.get(asked.name):
                self.counts[asked.name][list(asked.choices).index(choice)] += 1
        if text := given.get(WORDS):
            self.words.insert(secrets.randbelow(len(self.words) + 1), text)


def seal(pile: Pile, *, session_id) -> bytes:
    text = json.dumps([pile.answers, pile.counts, pile.words], ensure_ascii=False).encode()
    nonce = secrets.token_bytes(NONCE)
    return nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, text.ljust(_room(text), FILLING), _about(session_id))


def unseal(sealed, *, session_id) -> Pile:
    """Of an empty one, too. Raises CannotOpen."""
    if not sealed:
        return Pile()
    answers, counts, words = json.loads(_opened(bytes(sealed), _about(session_id), settings.SECRET_KEY_FALLBACKS))
    # A question that is new since then has no numbers in it.
    return Pile(answers, _nothing() | counts, words)


def is_sealed_anew(sealed, *, session_id) -> bool:
    """Whether the present key opens it, and not only an older one."""
    try:
        _opened(bytes(sealed), _about(session_id), [])
    except CannotOpen:
        return False
    return True


def _room(text) -> int:
    """As much as needed, in steps of which a text of one person is nearly always a small part."""
    room = SMALLEST
    while room < len(text):
        room *= 2
    return room


def _opened(sealed, about, older) -> bytes:
    for secret in [settings.SECRET_KEY, *older]:
        try:
            return _cipher(secret).decrypt(sealed[:NONCE], sealed[NONCE:], about)
        except InvalidTag:
            continue
    raise CannotOpen


@cache
def _cipher(secret) -> AESGCM:
    return AESGCM(salted_hmac("registrations.feedback.pile", "", secret=secret, algorithm="sha256").digest())


def _about(session_id) -> bytes:
    """So that no pile opens as that of another session."""
    return str(session_id).encode()
