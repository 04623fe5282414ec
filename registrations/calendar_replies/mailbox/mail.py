from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Mail:
    """`remove` it when its answer is stored; until then every later reading finds it again.

    `octets` are empty for a mail that is too big to be an answer.
    """

    octets: bytes
    remove: Callable[[], None]
