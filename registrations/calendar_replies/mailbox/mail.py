"""One mail that a calendar sent, and what is raised when the mailbox gives none."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Mail:
    """`remove` it when its answer is stored; until then every later reading finds it again.

    `octets` are empty for a mail that is too big to be an answer.
    """

    octets: bytes
    remove: Callable[[], None]


class CannotRead(Exception):
    """The mailbox of calendar replies cannot be read; the text is a sentence for staff and never holds the password."""
