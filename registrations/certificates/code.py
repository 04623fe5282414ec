"""The QR code of an address as a drawing: one path, a rectangle for each run of dark squares in a row."""

from itertools import groupby

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

# Light squares around it, without which scanners do not find it (ISO/IEC 18004).
QUIET = 4
# To try all eight, for the one that is a little easier to scan, takes ten times as long as everything else here.
MASK = 3


def svg(address: str) -> str:
    drawn = QRCode(border=QUIET, error_correction=ERROR_CORRECT_M, mask_pattern=MASK)
    drawn.add_data(address)
    rows = drawn.get_matrix()
    path = "".join(f"M{x} {y}h{length}v1h-{length}z" for y, row in enumerate(rows) for x, length in _runs(row))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(rows)} {len(rows)}"><path d="{path}"/></svg>'


def _runs(row):
    x = 0
    for is_dark, squares in groupby(row):
        length = len(list(squares))
        if is_dark:
            yield x, length
        x += length
