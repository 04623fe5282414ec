"""What a page asks of the fragment; whatever is no number, or too large, is the usual one."""

from dataclasses import dataclass

from sessions.api import published

USUAL, MOST = 5, 20
LEVEL, LOWEST_LEVEL = 2, 6


@dataclass(frozen=True)
class Asked:
    """`limit` is how many time slots at most, `heading` the level of the heading; `stream` is empty for all."""

    season: str
    stream: str
    limit: int
    heading: int

    @classmethod
    def of(cls, given):
        return cls(
            given.get("season") or published.CURRENT,
            given.get("stream", ""),
            _number(given.get("limit", ""), USUAL, MOST),
            _number(given.get("heading", ""), LEVEL, LOWEST_LEVEL),
        )


def _number(text, usual, most) -> int:
    is_number = text.isascii() and text.isdecimal() and len(text) < 4
    return min(most, max(1, int(text))) if is_number else usual
