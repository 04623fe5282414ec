"""PNG pictures as arrays of numpy, in 16 shades of grey, and where two of them differ."""

import struct
import zlib

import numpy as np

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GREY, RED_GREEN_BLUE_OPACITY = 0, 6
# Squares of so many pixels on each side are compared, about two letters of running text. In one of them the dot of a
# letter is more than this, by shades on average of its pixels; what rounding does is much less.
SQUARE, TOLERATED = 16, 0.2


def differing(one, other) -> list[tuple[int, int]]:
    """Column and row, in pixels, of each square in which they differ."""
    if one.shape != other.shape:
        return [(0, 0)]
    apart = np.abs(one.astype(int) - other)
    height, width = (-(-side // SQUARE) * SQUARE for side in apart.shape)
    padded = np.pad(apart, ((0, height - apart.shape[0]), (0, width - apart.shape[1])))
    squares = padded.reshape(height // SQUARE, SQUARE, width // SQUARE, SQUARE).mean(axis=(1, 3))
    return [(int(column) * SQUARE, int(row) * SQUARE) for row, column in np.argwhere(squares > TOLERATED)]


def read(octets):
    """Shades from 0, black, to 15, of an opaque picture: one of typst, or one of `written`."""
    width, height, depth, colours = struct.unpack(">IIBB", octets[16:26])
    if (depth, colours) == (4, GREY):
        packed = _rows(octets, height, step=1)
        return np.stack([packed >> 4, packed & 15], axis=-1).reshape(height, -1)[:, :width]
    assert (depth, colours) == (8, RED_GREEN_BLUE_OPACITY)
    red_green_blue = _rows(octets, height, step=4).reshape(height, width, 4)[:, :, :3]
    return (red_green_blue.mean(axis=2) / 255 * 15).round().astype(np.uint8)


def written(shades) -> bytes:
    even = np.pad(shades, ((0, 0), (0, shades.shape[1] % 2)))
    packed = even[:, ::2] << 4 | even[:, 1::2]
    # Each row begins with the number of its filter: none.
    rows = np.pad(packed, ((0, 0), (1, 0))).tobytes()
    header = struct.pack(">IIBBBBB", shades.shape[1], shades.shape[0], 4, GREY, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")]
    return SIGNATURE + b"".join(_chunk(name, content) for name, content in chunks)


def _chunk(name, content) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _rows(octets, height, step):
    """The octets of each row, whose filters are undone; `step` is how many octets before is the pixel to the left."""
    filtered = np.frombuffer(zlib.decompress(_content(octets)), np.uint8).reshape(height, -1)
    rows, above = [], np.zeros(filtered.shape[1] - 1, np.uint8)
    for row in filtered:
        above = _unfiltered(row[0], row[1:], above, step)
        rows.append(above)
    return np.stack(rows)


def _content(octets) -> bytes:
    at, found = len(SIGNATURE), b""
    while at < len(octets):
        length, name = struct.unpack(">I4s", octets[at : at + 8])
        found += octets[at + 8 : at + 8 + length] if name == b"IDAT" else b""
        at += length + 12
    return found


def _unfiltered(kind, row, above, step):
    """PNG, third edition, 9.2."""
    if kind == 0:
        return row
    if kind == 1:
        return np.cumsum(row.reshape(-1, step), axis=0, dtype=np.uint8).reshape(-1)
    if kind == 2:
        return row + above
    guess = _average if kind == 3 else _paeth
    known, over = [0] * step, [0] * step + above.tolist()
    for place, octet in enumerate(row.tolist()):
        known.append((octet + guess(known[place], over[place + step], over[place])) & 255)
    return np.array(known[step:], np.uint8)


def _average(left, above, _diagonal) -> int:
    return (left + above) // 2


def _paeth(left, above, diagonal) -> int:
    return min((left, above, diagonal), key=lambda each: abs(left + above - diagonal - each))
