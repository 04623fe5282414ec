"""Pixels as a small PNG of at most 128 colours."""

import struct
import zlib
from collections import Counter

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST_COLOURS = 128
INDEXED, BITS = 3, 8


def png(width: int, height: int, pixels: bytes) -> bytes:
    """`pixels` are four bytes each, red, green, blue and one that is left out; rare colours become the nearest one."""
    colours = [pixels[at : at + 3] for at in range(0, len(pixels), 4)]
    palette = [colour for colour, _ in Counter(colours).most_common(MOST_COLOURS)]
    numbers = {colour: _nearest(colour, palette) for colour in set(colours)}
    lines = (colours[at : at + width] for at in range(0, len(colours), width))
    # Each line begins with its filter: none.
    image = b"".join(b"\0" + bytes(numbers[colour] for colour in line) for line in lines)
    return b"".join(
        [
            SIGNATURE,
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, BITS, INDEXED, 0, 0, 0)),
            _chunk(b"PLTE", b"".join(palette)),
            _chunk(b"IDAT", zlib.compress(image, 9)),
            _chunk(b"IEND", b""),
        ]
    )


def _nearest(colour, palette) -> int:
    return min(range(len(palette)), key=lambda number: _distance(colour, palette[number]))


def _distance(one, other) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _chunk(kind, content) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
