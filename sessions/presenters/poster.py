"""Ready values of the poster of a season: one sheet of A4 for the wall of a ministry."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import qrcode

from sessions.models import Season
from sessions.presenters.sessions import SessionCard

# More time slots than these are set smaller, so that the sheet stays one.
SLOTS_IN_FULL_SIZE = 16


@dataclass(frozen=True)
class Poster:
    """`address` is the absolute URL of the season's page."""

    season: Season
    cards: list[SessionCard]
    address: str

    @property
    def short_address(self) -> str:
        """As people type it: without the scheme and the last slash."""
        return self.address.partition("://")[2].rstrip("/")

    @property
    def is_dense(self) -> bool:
        return sum(len(card.slots) for card in self.cards) > SLOTS_IN_FULL_SIZE

    @property
    def qr_code(self) -> "QrCode":
        return _qr_code(self.address)


class QrCode:
    """The address as a QR code (ISO/IEC 18004): a square of `size` modules, its dark ones as the path of an SVG."""

    def __init__(self, text):
        code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0)
        code.add_data(text)
        self._rows = code.get_matrix()

    @property
    def size(self) -> int:
        return len(self._rows)

    @cached_property
    def path(self) -> str:
        dark = ((x, y) for y, row in enumerate(self._rows) for x, is_dark in enumerate(row) if is_dark)
        return "".join(f"M{x} {y}h1v1h-1z" for x, y in dark)


@lru_cache(maxsize=64)
def _qr_code(address) -> QrCode:
    """Of the few addresses that have a poster; to draw it takes longer than all else of the sheet that is kept."""
    return QrCode(address)
