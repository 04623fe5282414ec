"""The key of a form that was sent, by which sending it again is no second sign-up (decision 0003)."""

from hashlib import sha256


def key_of(*content) -> str:
    """The same for the same content: who goes back and types something else sends something new."""
    return sha256(repr(content).encode()).hexdigest()[:40]
